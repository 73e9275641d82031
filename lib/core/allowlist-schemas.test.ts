import { describe, expect, it } from 'vitest'
import {
  AllowlistSwitchSchema,
  ContactSchema,
  NewRangeSchema,
  RangeDeletionSchema,
  RangeEditSchema,
  RangeImportSchema,
  UnconfirmedSchema,
} from './allowlist-schemas'

const VALID = { start: '203.0.113.0/24', end: '', description: 'Office', expires: 'never', expiresAt: '' }

function errorsOf(fields: Record<string, string>) {
  const parsed = NewRangeSchema.safeParse({ ...VALID, ...fields })
  return Object.fromEntries((parsed.error?.issues ?? []).map((issue) => [issue.path[0], issue.message]))
}

describe('a new range', () => {
  it.each([
    [{ start: '' }, 'start', /^Enter an IP address/],
    [{ start: '300.1.1.1' }, 'start', /0 to 255/],
    [{ start: '010.0.0.1' }, 'start', /must not begin with 0/],
    [{ start: '10/8' }, 'start', /Did you mean 10\.0\.0\.0\/8\?/],
    [{ start: '10.0.0.9-10.0.0.1' }, 'start', /ends before it starts/],
    [{ start: '10.0.0.9', end: '10.0.0.1' }, 'end', /before Start IP/],
    [{ start: '1.2.3.4', end: '::1' }, 'end', /both be IPv4 or both be IPv6/],
    [{ start: '198.51.100.7/24' }, 'start', /Did you mean 198\.51\.100\.0\/24\?/],
    [{ start: '203.0.113.7\u0000' }, 'start', /not an IP address/],
    [{ description: 'x'.repeat(10_000) }, 'description', /at most 200 characters; this one has 10000/],
    [{ expires: 'soon' }, 'expires', /Choose when/],
    [{ expires: 'custom', expiresAt: '' }, 'expiresAt', /date and time in UTC/],
    [{ expires: 'custom', expiresAt: '2030-02-31T10:00' }, 'expiresAt', /does not exist/],
  ])('refuses %j with words next to %s', (fields, field, words) => {
    expect(Object.keys(errorsOf(fields as Record<string, string>))).toEqual([field])
    expect(errorsOf(fields as Record<string, string>)[field]).toMatch(words)
  })

  it('takes what was pasted with white space around it', () => {
    const parsed = NewRangeSchema.parse({ ...VALID, start: ' 203.0.113.7\n', description: '  Desk\t1 ' })
    expect(parsed).toMatchObject({
      range: { start: '4cb007107', end: '4cb007107' },
      description: 'Desk 1',
      expiry: { kind: 'never' },
    })
  })

  it('takes a description of 200 characters', () => {
    expect(errorsOf({ description: 'x'.repeat(200) })).toEqual({})
  })

  it('takes a time of one’s own as UTC', () => {
    const parsed = NewRangeSchema.parse({ ...VALID, expires: 'custom', expiresAt: '2030-01-31T18:00' })
    expect(parsed.expiry).toEqual({ kind: 'at', atMs: Date.UTC(2030, 0, 31, 18) })
  })

  it('keeps the answers it knows and no other', () => {
    const consentsOf = (consents: string) => NewRangeSchema.parse({ ...VALID, consents }).consents
    expect(consentsOf('anyway,covers-everything')).toEqual(['anyway', 'covers-everything'])
    expect(consentsOf('everything,,ANYWAY')).toEqual([])
    expect(NewRangeSchema.parse(VALID).consents).toEqual([])
  })
})

describe('the other forms', () => {
  it.each([
    ['an edit without a version', RangeEditSchema, { ...VALID, id: 'a1' }],
    ['an edit with a version that is no number', RangeEditSchema, { ...VALID, id: 'a1', version: 'x' }],
    ['an id that no row has', RangeDeletionSchema, { id: "' OR 1=1", version: '1' }],
    ['an id with a null character', RangeDeletionSchema, { id: 'a\u0000', version: '1' }],
    ['a version past what the database holds', RangeDeletionSchema, { id: 'a', version: '99999999999' }],
    ['a switch in between', AllowlistSwitchSchema, { to: 'maybe' }],
    ['a switch without a state', AllowlistSwitchSchema, {}],
    ['a decision that there is not', UnconfirmedSchema, { id: 'a1', decision: 'keep' }],
    ['a contact that is no address', ContactSchema, { contactEmail: 'somebody' }],
    ['a contact that is too long', ContactSchema, { contactEmail: `${'a'.repeat(300)}@example.com` }],
  ])('refuse %s', (_name, schema, fields) => {
    expect(schema.safeParse(fields).success).toBe(false)
  })

  it('take what they are meant to take', () => {
    expect(RangeEditSchema.parse({ ...VALID, id: 'a1', version: '3' })).toMatchObject({
      id: 'a1',
      version: 3,
    })
    expect(AllowlistSwitchSchema.parse({ to: 'on' })).toEqual({
      ...{ to: true, consents: [], keep: false, endSessions: false },
    })
    expect(AllowlistSwitchSchema.parse({ to: 'on', keep: 'on' })).toMatchObject({ keep: true })
    const decided = { id: 'a1', decision: 'confirm', consents: [], keep: false }
    expect(UnconfirmedSchema.parse({ id: 'a1', decision: 'confirm' })).toEqual(decided)
    expect(AllowlistSwitchSchema.parse({ to: 'off', endSessions: 'on' })).toMatchObject({
      to: false,
      endSessions: true,
    })
    expect(ContactSchema.parse({ contactEmail: '' })).toEqual({ contactEmail: '' })
    expect(ContactSchema.parse({ contactEmail: ' IT@Example.com ' })).toEqual({
      contactEmail: 'it@example.com',
    })
  })
})

describe('a list to import', () => {
  it.each([
    ['nothing', ' \n# Offices\n', 'Enter at least one range.'],
    ['a bad line', '192.0.2.1\n192.0.2.300', '1 line can’t be read.'],
    ['bad lines alone', 'x\ny', '2 lines can’t be read.'],
    ['too many lines', '\n'.repeat(10_001), 'The list has 10,001 lines. Import at most 10,000 at a time.'],
  ])('refuses %s, whole', (_, text, message) => {
    const { error } = RangeImportSchema.safeParse({ text, step: 'import' })
    expect(error?.issues.map((issue) => [issue.path, issue.message])).toEqual([[['text'], message]])
  })

  it('says whether it is to be shown or done', () => {
    const parsed = RangeImportSchema.parse({ text: '192.0.2.1\r\n', step: 'preview', consents: 'anyway' })
    expect(parsed).toMatchObject({ step: 'preview', consents: ['anyway'], list: { ranges: [{ line: 1 }] } })
    for (const fields of [{ step: 'preview' }, { text: '192.0.2.1' }, { text: '192.0.2.1', step: 'both' }])
      expect(RangeImportSchema.safeParse(fields).success).toBe(false)
  })
})
