import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { database, transact } from '@/lib/data/database'
import { address } from './allowlists'

const MODELS = [...readFileSync('prisma/models.prisma', 'utf8').matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)]
const having = (column: string) =>
  MODELS.filter(([, , fields = '']) => new RegExp(`^  ${column} `, 'm').test(fields)).map(
    ([, name = '']) => name,
  )
const OF_ACCOUNTS = having('accountId')
const OF_AGENTS = having('agentId')

/** Everything of somebody, or of an account, as text. */
export type Belongings = () => Promise<string>

/** One more agent of that account who has one of everything, all of it living; and how to read it. */
export async function plantBystander(accountId: string): Promise<Belongings> {
  const agentId = await plantAgent(accountId)
  return () => read([['Agent', 'id', agentId], ...OF_AGENTS.map((table) => row(table, 'agentId', agentId))])
}

/** Another account with one of everything; and how to read it. */
export async function plantElsewhere(): Promise<Belongings> {
  const { id } = await transact((tx) => tx.account.create({ data: { name: 'Elsewhere' } }))
  await plantAgent(id)
  const by = { addedByName: 'Eve', start: address('192.0.2.99'), end: address('192.0.2.99') }
  await transact(async (tx) => {
    await tx.range.create({ data: { ...by, accountId: id, origin: 'MANUAL' } })
    await tx.invitation.create({
      data: {
        ...{ accountId: id, email: `${id}@example.com`, name: 'Noor', tokenHash: id },
        ...{ invitedByName: 'Eve', expiresAt: inHours(9) },
      },
    })
    await tx.unconfirmedChange.create({
      data: {
        ...{ accountId: id, action: 'allowlist.turned_on', subjectName: 'Elsewhere', target: 'turn-off' },
        ...{ undo: '{}', madeByName: 'Eve', madeAt: new Date(), dueAt: inHours(9) },
      },
    })
  })
  return () => read([['Account', 'id', id], ...OF_ACCOUNTS.map((table) => row(table, 'accountId', id))])
}

const inHours = (count: number) => new Date(Date.now() + count * 60 * 60_000)

type Where = [table: string, column: string, value: string]
const row = (table: string, column: string, value: string): Where => [table, column, value]

async function read(wheres: readonly Where[]): Promise<string> {
  const rows: unknown[] = []
  for (const [table, column, value] of wheres)
    rows.push(
      table,
      await database().$queryRawUnsafe(`SELECT * FROM "${table}" WHERE "${column}" = '${value}' ORDER BY 1`),
    )
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)
}

async function plantAgent(accountId: string): Promise<string> {
  const mark = randomUUID()
  const seen = { address: address('192.0.2.99'), device: 'Firefox' }
  const [now, expiresAt] = [new Date(), inHours(9)]
  const going = { ...seen, surface: 'AGENT_CONSOLE', destination: '/agent-console', tokenHash: mark } as const
  return transact(async (tx) => {
    const { id: agentId } = await tx.agent.create({
      data: {
        ...{ accountId, name: 'Eve', email: `${mark}@example.com`, passwordHash: 'none' },
        ...{ passwordTemporary: true, linksDeniedAt: now },
      },
    })
    const own = { accountId, agentId }
    await tx.session.create({ data: { ...own, ...seen, surface: 'AGENT_CONSOLE', mustEnrol: true } })
    await tx.mobileDevice.create({ data: { ...own, name: 'Pixel' } })
    await tx.knownDevice.create({ data: { ...own, device: 'Firefox', tokenHash: mark } })
    await tx.halfSignIn.create({ data: { ...own, ...going, passwordChangedAt: now, expiresAt } })
    await tx.passwordReset.create({ data: { ...own, ...seen, tokenHash: mark, expiresAt } })
    await tx.totpFactor.create({ data: { ...own, sealedSecret: '', confirmedAt: now } })
    await tx.passkey.create({ data: { ...own, credentialId: mark, publicKey: '', name: 'Key' } })
    await tx.recoveryCode.create({ data: { ...own, salt: '', codeHash: mark } })
    await tx.notice.create({ data: { ...own, kind: 'link-used', content: '{}', at: now, dueAt: expiresAt } })
    const { id: pendingSignInId } = await tx.pendingSignIn.create({
      data: { ...own, ...going, passwordChangedAt: now, expiresAt },
    })
    await tx.approval.create({ data: { ...own, ...seen, pendingSignInId } })
    const { id: linkId } = await tx.authorizationLink.create({
      data: { ...own, ...seen, pendingSignInId, tokenHash: mark, expiresAt },
    })
    const due = { nextAttemptAt: now, expiresAt }
    await tx.outboxMail.create({ data: { accountId, kind: 'link', linkId, sealed: '', ...due } })
    return agentId
  })
}
