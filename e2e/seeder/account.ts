import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import type { Rights } from '@/lib/core/permissions'
import { parseRange } from '@/lib/core/range'
import { createAccount, operatorOf } from '@/lib/data/accounts'
import { addAgent } from '@/lib/data/agents'
import { addRange } from '@/lib/data/allowlist-ranges'
import { hush, speakUp } from '@/prisma/fixtures/hush'
import { type Switches, setSwitches } from './changes'

/** What an account begins with. */
export interface Wanted extends Switches {
  /** How many admins: Ana, Marcus, Priya; Ana alone unless told. */
  admins?: 1 | 2 | 3
  /** How many plain agents, or the rights of each: Lena, Sam, Yuki, Diego. */
  agents?: number | Partial<Rights>[]
  /** Ranges as people type them; "198.51.100.0/24 Office" has a description. */
  ranges?: string[]
}

export interface Person {
  id: string
  name: string
  email: string
  password: string
}

const ADMINS = { ana: 'Ana Silva', marcus: 'Marcus Webb', priya: 'Priya Raman' }
const AGENTS = { lena: 'Lena Fischer', sam: 'Sam Okoye', yuki: 'Yuki Tanaka', diego: 'Diego Ruiz' }
type FirstName = keyof typeof ADMINS | keyof typeof AGENTS

/** An account with its people by first name; who wasn't wanted isn't there. */
export type Account = { id: string; name: string } & Record<FirstName, Person>

const PASSWORD = 'correct horse battery staple'
const PLAIN: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }
let serial = 0

/** Makes an account of its own: nobody and nothing in it is shared with another journey. */
export async function makeAccount(wanted: Wanted): Promise<Account> {
  const { admins = 1, agents = 0, ranges = [], ...switches } = wanted
  const name = `Northwind ${++serial}`
  const { id: _, ...ana } = person('ana', ADMINS.ana)
  const made = await createAccount({ accountName: name, ...ana })
  if (typeof made === 'string') throw new Error(made)
  const { accountId } = made
  await hush(accountId)
  const people: Partial<Record<FirstName, Person>> = { ana: { ...ana, id: made.agentId } }
  for (const [first, full] of Object.entries(ADMINS).slice(1, admins))
    people[first as FirstName] = await add(accountId, person(first, full), { role: 'ADMIN' })
  const rights = typeof agents === 'number' ? Array.from({ length: agents }, () => ({})) : agents
  for (const [index, [first, full]] of Object.entries(AGENTS).slice(0, rights.length).entries())
    people[first as FirstName] = await add(accountId, person(first, full), rights[index] ?? {})
  for (const text of ranges) await plant(accountId, text)
  await setSwitches(accountId, switches)
  await speakUp(accountId)
  return { id: accountId, name, ...people } as Account
}

function person(first: string, name: string): Person {
  return { id: '', name, email: `${first}.${serial}@example.com`, password: PASSWORD }
}

async function add(accountId: string, who: Person, rights: Partial<Rights>): Promise<Person> {
  const added = await addAgent(operatorOf(accountId), { ...who, ...PLAIN, ...rights }, who.password)
  if (typeof added === 'string') throw new Error(`${who.email}: ${added}`)
  await hush(accountId)
  return { ...who, id: added.agentId }
}

/** Puts a range on the list of an account as the operator would. */
export async function plant(accountId: string, text: string): Promise<void> {
  const [entry = '', ...words] = text.split(' ')
  const parsed = parseRange({ start: entry })
  if (!parsed.ok) throw new Error(`${entry} is no range.`)
  const range = {
    range: parsed.range,
    description: words.join(' '),
    origin: 'MANUAL',
    expiresAt: null,
  } as const
  const asked = { ...NOTHING_ASKED, consents: ['covers-everything'] as const }
  const added = await addRange(operatorOf(accountId), range, asked)
  if (added.outcome !== 'added') throw new Error(`${entry}: ${added.outcome}`)
}
