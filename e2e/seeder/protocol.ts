/** People of an account as a test asks for them. */
export interface Wanted {
  name?: string
  admins?: string[]
  agents?: { name: string; managesSecurity?: boolean; managesAgents?: boolean }[]
  /** As somebody would type them into Start IP. */
  ranges?: string[]
  allowlistOn?: boolean
  mobileEnforced?: boolean
  checkEveryRequest?: boolean
}

export interface Person {
  id: string
  name: string
  email: string
  password: string
}

export interface Account {
  id: string
  name: string
  /** By first name, in lower case. */
  people: Record<string, Person>
}

/** What the seeder can do; each runs in a process of its own beside the server, on the same database. */
export interface Verbs {
  account(wanted: Wanted): Promise<Account>
  ranges(accountId: string): Promise<
    {
      id: string
      start: string
      end: string
      origin: string
      description: string
      enabled: boolean
      expiresAt: string | null
    }[]
  >
  switches(
    accountId: string,
  ): Promise<{ allowlistEnabled: boolean; mobileEnforced: boolean; checkEveryRequest: boolean }>
  audit(
    accountId: string,
  ): Promise<{ action: string; actorName: string; via: string; address: string | null }[]>
  signIns(
    accountId: string,
  ): Promise<
    { outcome: string; because: string; surface: string; address: string | null; rangeText: string | null }[]
  >
  sessions(agentId: string): Promise<{ id: string; endedBecause: string | null; isEnded: boolean }[]>
  outbox(accountId: string): Promise<{ kind: string; sent: boolean; sealed: boolean; attempts: number }[]>
  /** Lets the links of this agent expire now. */
  expireLinks(agentId: string): Promise<void>
  /** Lets the pending sign-ins of this agent end now. */
  expirePending(agentId: string): Promise<void>
  /** Lets the ranges of the account end now. */
  expireRanges(accountId: string): Promise<void>
  /** Makes the latest request for a link so old that the next one is taken. */
  ageLinkRequests(agentId: string): Promise<void>
  demote(agentId: string): Promise<void>
  disable(agentId: string): Promise<void>
  setAllowlist(accountId: string, on: boolean): Promise<void>
  addRange(accountId: string, start: string): Promise<void>
  removeRanges(accountId: string): Promise<void>
  fillRanges(accountId: string, count: number): Promise<void>
}

export interface Call {
  id: number
  verb: keyof Verbs
  args: unknown[]
}

export type Reply = { id: number; result: unknown } | { id: number; error: string }
