import { expect, it } from 'vitest'
import { compileTrust, resolveClientAddress } from './client-address'
import { evidenceOf, formatEvidence, parseEvidence } from './sign-in-evidence'

const compiled = compileTrust('10.0.0.0/8')
if (!compiled.ok) throw new Error(compiled.problem)
const { trust } = compiled

function wayHere(...headerLines: string[]) {
  const headerName = 'x-forwarded-for'
  return {
    headerName,
    resolved: resolveClientAddress({
      ...{ peer: '10.0.0.1', headerName, headerLines, trust, forwardingHeadersSeen: true },
    }),
  }
}

const LIST = { version: 12, enabled: true, mobileEnforced: false }

it('keeps what decided, and comes back from the database as it went in', () => {
  const evidence = evidenceOf(wayHere('192.0.2.1, 198.51.100.7, 10.0.0.2'), LIST, 'Office')
  expect(evidence).toEqual({
    ...{ list: LIST, rangeName: 'Office', because: 'forwarded', headerName: 'x-forwarded-for' },
    ...{ hopsLeftOut: 0, isUndeclaredProxy: false },
    hops: [
      { from: 'peer', text: '10.0.0.1', trusted: true, taken: false },
      { from: 'header', text: '10.0.0.2', trusted: true, taken: false },
      { from: 'header', text: '198.51.100.7', trusted: false, taken: true },
    ],
  })
  expect(parseEvidence(formatEvidence(evidence))).toEqual(evidence)
})

it('keeps an attempt that the list was not asked about, and an undeclared proxy', () => {
  const { headerName } = wayHere()
  const resolved = resolveClientAddress({
    ...{ peer: '192.168.0.1', headerName, headerLines: [], trust, forwardingHeadersSeen: true },
  })
  const evidence = evidenceOf({ resolved, headerName }, null)
  expect(evidence).toMatchObject({ list: null, isUndeclaredProxy: true, because: 'peer-is-client' })
  expect(parseEvidence(formatEvidence(evidence))).toEqual(evidence)
})

it('is bounded, and keeps both ends of a long way', () => {
  const far = Array.from({ length: 3_000 }, (_, at) => `10.${at >> 8}.${at & 255}.${'9'.repeat(1)}`)
  const evidence = evidenceOf(wayHere(`198.51.100.7, ${far.join(', ')}`), LIST)
  expect(evidence.hops).toHaveLength(16)
  expect(evidence.hopsLeftOut).toBe(3_002 - 16)
  expect(evidence.hops[0]?.from).toBe('peer')
  expect(evidence.hops.at(-1)).toMatchObject({ text: '198.51.100.7', taken: true })
  const longest = evidenceOf(
    wayHere(Array.from({ length: 40 }, () => 'x'.repeat(900)).join()),
    LIST,
    'é'.repeat(200),
  )
  expect(formatEvidence(longest).length).toBeLessThan(2_000)
})

it('has nothing to say about an attempt from before evidence was kept', () => {
  expect(parseEvidence(null)).toBeNull()
})
