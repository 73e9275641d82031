import { signInOver } from '../../bench/signed-in'
import type { Gatehouse } from '../fixtures/gatehouse'
import { OFFICE } from '../fixtures/places'
import type { Account } from '../seeder/account'

/** Everybody who may knock: nobody, our people with each permission, and the admin of another account. */
export const CALLERS = ['stranger', 'agent', 'security', 'people', 'admin', 'foreigner'] as const
export type Caller = (typeof CALLERS)[number]

/** What everybody is answered. */
export type Answers = Record<Caller, string>

export function all(said: string): Answers {
  return Object.fromEntries(CALLERS.map((caller) => [caller, said])) as Answers
}

/** Our account, with one of everything, and the cookies of all callers. */
export interface Scene {
  url: string
  ours: Account
  theirs: Account
  ourRange: { id: string; version: string }
  lenaSession: string
  ourInvitation: string
  cookies: Record<Caller, string>
  /** Every row of our account, to see whether any changed. */
  dump(): Promise<string>
}

export async function setScene({ url, seed }: Gatehouse): Promise<Scene> {
  const agents = [{}, { managesSecurity: true }, { managesAgents: true }, {}]
  const ours = await seed.makeAccount({ agents, ranges: ['198.51.100.0/24 Ours'] })
  const theirs = await seed.makeAccount({ ranges: ['198.51.100.0/24 Theirs'] })
  const [ourRange] = await seed.rangesOf(ours.id)
  if (!ourRange) throw new Error('Our range is not there.')
  const cookie = (who: { email: string; password: string }) => signInOver(url, who, OFFICE)
  const cookies = {
    stranger: '',
    agent: await cookie(ours.lena),
    security: await cookie(ours.sam),
    people: await cookie(ours.yuki),
    admin: await cookie(ours.ana),
    foreigner: await cookie(theirs.ana),
  }
  const ourInvitation = await seed.inviteTo(ours.id, 'Noor', `noor.of.${ours.id}@example.com`)
  const [session] = await seed.sessionsOf(ours.lena.id)
  const { id, version } = ourRange
  return {
    ...{ url, ours, theirs, cookies, lenaSession: session?.id ?? '', ourInvitation },
    ourRange: { id, version: String(version) },
    dump: () => seed.dumpOf(ours.id),
  }
}
