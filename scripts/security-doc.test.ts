import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const has = (file: string, claim: string) => existsSync(path.join(ROOT, file)) && read(file).includes(claim)

/** Each test that docs/security.md names: its file, and the claims quoted behind it. */
function namedTests(): [file: string, claim: string][] {
  const text = read('docs/security.md').replace(/\s+/g, ' ')
  return [...text.matchAll(/`([^`]+\.(?:test|spec)\.ts)`((?:,? “[^”]+”)*)/g)].flatMap(
    ([, file = '', quoted = '']) => {
      const claims = [...quoted.matchAll(/“([^”]+)”/g)].map(([, claim = '']) => claim)
      return (claims.length > 0 ? claims : ['']).map((claim): [string, string] => [file, claim])
    },
  )
}

it('every test that docs/security.md names is there', () => {
  const named = namedTests()
  expect(named.length).toBeGreaterThan(40)
  const gone = named.filter(([file, claim]) => !has(file, claim))
  expect(gone).toEqual([])
})
