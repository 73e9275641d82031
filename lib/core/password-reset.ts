import { type LimitedKey, networkKeys, PERSON_LIMIT } from './rate-limit'

/** A mailed link to choose a new password works this long, and once. */
export const RESET_LIFETIME_MS = 30 * 60 * 1000

export interface ResetFacts {
  consumedAtMs: number | null
  expiresAtMs: number
  isAgentEnabled: boolean
}

export type ResetState = 'open' | 'used' | 'expired'

/** What a link is good for now. Only an open one can be used. */
export function stateOfReset(reset: ResetFacts, nowMs: number): ResetState {
  if (reset.consumedAtMs !== null) return 'used'
  return reset.isAgentEnabled && nowMs < reset.expiresAtMs ? 'open' : 'expired'
}

/**
 * What limits asking for a link: the e-mail together with the network, and the networks, counted apart from wrong
 * passwords. `person` stands for the e-mail, `network` that of its address.
 */
export function resetKeys(
  person: string,
  network: string,
  address: Parameters<typeof networkKeys>[0],
): LimitedKey[] {
  return [
    { key: `reset:${person}:${network}`, limit: PERSON_LIMIT },
    ...networkKeys(address).map(({ key, limit }) => ({ key: `reset-${key}`, limit })),
  ]
}
