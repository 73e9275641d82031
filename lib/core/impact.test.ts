import { describe, expect, it } from 'vitest'
import { address } from '@/scripts/testing/allowlists'
import type { Surface, Verdict } from './allowlist'
import { type RecentSignIn, replay } from './impact'

const signIn = (
  who: string,
  at: string | null,
  atMs: number,
  surface: Surface = 'CONTROL_PANEL',
): RecentSignIn => ({
  agentId: who,
  name: who,
  surface,
  address: at === null ? null : address(at),
  atMs,
})

const ADMITTED: Verdict = { admit: true, because: 'list-empty' }
const REFUSED: Verdict = { admit: false, because: 'not-listed' }
const admitting =
  (...texts: string[]) =>
  ({ address: at }: { address: string | null }): Verdict =>
    texts.some((text) => address(text) === at) ? ADMITTED : REFUSED
const everyone = () => ADMITTED

describe('the impact of a change', () => {
  it('names who gets in now and would be refused, once, by their latest address', () => {
    const signIns = [
      signIn('ana', '192.0.2.1', 1),
      signIn('ana', '192.0.2.2', 3),
      signIn('ana', '192.0.2.3', 2, 'MOBILE'),
      signIn('ben', '198.51.100.7', 5),
    ]
    expect(replay(signIns, everyone, admitting('198.51.100.7'))).toEqual({
      people: 2,
      refused: [{ ...signIn('ana', '192.0.2.2', 3), others: 2, hasWayIn: false }],
    })
  })

  it('leaves out who is refused already, and who still gets in', () => {
    const signIns = [signIn('ana', '192.0.2.1', 1), signIn('ben', '192.0.2.2', 2)]
    expect(replay(signIns, admitting('192.0.2.2'), admitting('192.0.2.2')).refused).toEqual([])
    expect(replay(signIns, admitting('192.0.2.2'), admitting('192.0.2.1')).refused).toMatchObject([
      { name: 'ben' },
    ])
  })

  it('puts first who has no other way in, then who signed in last', () => {
    const signIns = [
      signIn('ana', '192.0.2.1', 9),
      signIn('ana', '198.51.100.7', 8),
      signIn('ben', '192.0.2.1', 2),
      signIn('cleo', '192.0.2.1', 3),
    ]
    const { refused } = replay(signIns, everyone, admitting('198.51.100.7'))
    expect(refused.map(({ name, hasWayIn }) => [name, hasWayIn])).toEqual([
      ['cleo', false],
      ['ben', false],
      ['ana', true],
    ])
  })

  it('counts an address once on whatever surface, and an unknown one as an address', () => {
    const signIns = [
      signIn('ana', '192.0.2.1', 3),
      signIn('ana', '192.0.2.1', 2, 'MOBILE'),
      signIn('ana', null, 1),
    ]
    expect(replay(signIns, everyone, () => REFUSED).refused).toMatchObject([{ others: 1 }])
    expect(replay([], everyone, () => REFUSED)).toEqual({ people: 0, refused: [] })
  })
})
