import { describe, expect, it, test } from 'vitest'
import { NoticeChoiceSchema } from './notice-schemas'
import { NOTICE_KINDS, NOTICE_WORDS, readMuted } from './notices'

describe('the kinds that somebody does without', () => {
  it.each([
    [null, []],
    ['', []],
    ['link-used', ['link-used']],
    ['link-denied link-used', ['link-used', 'link-denied']],
    ['link', []],
    ['of-another-version link-used', ['link-used']],
    [NOTICE_KINDS.join(' '), [...NOTICE_KINDS]],
  ])('out of %j are %j', (stored, muted) => {
    expect(readMuted(stored)).toEqual(muted)
  })
})

describe('a form', () => {
  it.each([
    [{}, []],
    [{ 'link-used': 'on', 'manager-added': 'on' }, ['link-used', 'manager-added']],
    [{ 'link-used': 'off', 'of-another-version': 'on', toString: 'on' }, []],
  ])('%j wants %j', (fields, wanted) => {
    expect(NoticeChoiceSchema.parse(fields)).toEqual({ wanted })
  })
})

test('each kind has words of its own', () => {
  const words = NOTICE_KINDS.map((kind) => NOTICE_WORDS[kind])
  for (const part of ['label', 'explanation', 'happened'] as const)
    expect(new Set(words.map((one) => one[part])).size).toBe(NOTICE_KINDS.length)
})
