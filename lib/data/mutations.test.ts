import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  answering,
  newRange,
  plantRanges,
  plantSwitches,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { softwareKey } from '@/scripts/testing/authenticator'
import { type Belongings, plantBystander, plantElsewhere } from '@/scripts/testing/bystander'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { codeAt, someSession, withTotp } from '@/scripts/testing/factors'
import { findMutations } from '@/scripts/testing/mutations'
import { behindOffice, identityOf, latestMail, PASSWORD, refused, withLink } from '@/scripts/testing/sign-ins'
import { createAccount, createFirstAccount } from './accounts'
import { endSessionsOf } from './agent-endings'
import { changeOwnPassword, resetPassword } from './agent-passwords'
import { endPlaceOf } from './agent-places'
import { addAgent, changeAgent, setAgentEnabled } from './agents'
import {
  addOwnAddress,
  addRange,
  deleteRange,
  editRange,
  putOnList,
  setRangeEnabled,
} from './allowlist-ranges'
import { readSwitches } from './allowlist-reading'
import {
  setCheckEveryRequest,
  setContactEmail,
  setMobileEnforced,
  turnOff,
  turnOn,
} from './allowlist-switches'
import { decideApproval, listWaitingApprovals, requestApproval } from './approvals'
import { requestLink } from './authorization-links'
import { database, transact } from './database'
import { endDevice, startDevice } from './devices'
import { removeOwnFactor, resetFactors } from './factor-changes'
import { setFactorRequired } from './factor-requirement'
import { acceptInvitation, claimTemporary } from './invitations'
import { invite, resendInvitation, withdrawInvitation } from './inviting'
import { consumeLink, denyLink } from './link-decisions'
import { recordLogExport } from './log-exports'
import { chooseNotices } from './notice-choice'
import { endOwnDevice, endOwnOthers } from './own-access'
import { beginPasskey, finishPasskey } from './passkeys'
import { consumeReset, requestReset } from './password-resets'
import { importRanges } from './range-import'
import { dismissSuggestion } from './range-suggestions'
import { remakeRecoveryCodes, spendRecoveryCode } from './recovery-codes'
import { endOwnSession } from './sessions'
import { settleAccounts } from './settling'
import { setSignInsKeptDays } from './sign-in-keeping'
import { beginTotp, confirmTotp } from './totp'
import { confirmChange, revertNow } from './unconfirmed-changes'

/**
 * Mutations that need no audit row, or can't be run here, each with its reason. Everything else that changes rows is run
 * below: it has to write its row, and to change nothing at all where the row can't be written.
 */
const WITHOUT_ROW: Readonly<Record<string, string>> = {
  'lib/data/address-check.ts checkAddress': 'Reads; what is overdue is settled by readSwitches.',
  'lib/data/allowlist-impact.ts foresee': 'Reads; what is overdue is settled by readSwitches.',
  'lib/data/allowlist-state.ts readAllowlistState': 'Reads; what is overdue is settled as by readSwitches.',
  'lib/data/range-suggestions.ts suggestForAccount': 'Reads; what is overdue is settled by readSwitches.',
  'lib/data/settling.ts readSettled': 'What reading goes through; readSwitches is run.',
  'lib/data/allowlist-change.ts changeAllowlist':
    'What every change of the list goes through; each is run by itself.',
  'lib/data/devices.ts touchDevice': 'Last seen.',
  'lib/data/dropping.ts dropRows': 'Housekeeping: rows that are over.',
  'lib/data/half-sign-ins.ts beginHalfSignIn':
    'An attempt under way; what becomes of it is in the Sign-in Log.',
  'lib/data/half-sign-ins.ts answerHalfSignIns':
    'Answers an attempt under way; what became of it is in the Sign-in Log.',
  'lib/data/half-sign-ins.ts recordUnanswered': 'Writes the row of the Sign-in Log.',
  'lib/data/half-sign-ins.ts takeTry': 'Counts the tries of an attempt; each failure is in the Sign-in Log.',
  'lib/data/half-sign-ins.ts endSpentHalfSignIn':
    'Ends an attempt under way; that it ended is in the Sign-in Log.',
  'lib/data/identities.ts verifyIdentity':
    'Hashes the same password with the parameters in force; its invitation is claimed by claimTemporary.',
  'lib/data/notices.ts queueDueNotices': 'Delivery of notices whose cause is audited.',
  'lib/data/outbox.ts claimDueMail': 'Delivery of a mail whose cause is audited.',
  'lib/data/outbox.ts markMailSent': 'Delivery of a mail whose cause is audited.',
  'lib/data/outbox.ts postponeMail': 'Delivery of a mail whose cause is audited.',
  'lib/data/outbox.ts giveUpMail': 'Delivery of a mail whose cause is audited.',
  'lib/data/over.ts dropOver': 'Housekeeping: rows that are over.',
  'lib/data/passkeys.ts beginPasskey': 'A challenge; the passkey that answers it is audited.',
  'lib/data/passkeys.ts askForPasskey': 'A challenge of an attempt under way.',
  'lib/data/passkeys.ts spendPasskey':
    'Proves an attempt, which is in the Sign-in Log; counts the uses of the key.',
  'lib/data/pending-sign-ins.ts beginPendingSignIn': 'A refused attempt, which is in the Sign-in Log.',
  'lib/data/range-matches.ts catchUpMatches': 'When a range last let somebody in, out of the Sign-in Log.',
  'lib/data/range-matches.ts writeMatches': 'When a range last let somebody in.',
  'lib/data/rate-limits.ts countFailures': 'Counts failures, each of which is in the Sign-in Log.',
  'lib/data/rate-limits.ts countUse': 'Counts questions for a link; those that mail one write their row.',
  'lib/data/refusal-notices.ts tellOfRefusal': 'A mail about an attempt, which is in the Sign-in Log.',
  'lib/data/refusal-notices.ts tellOfWrongFactors': 'A mail about an attempt, which is in the Sign-in Log.',
  'lib/data/sessions.ts findLiveSession': 'Session last seen.',
  'lib/data/sessions.ts markProven': 'A proof within a session that goes on.',
  'lib/data/sign-in-events.ts recordSignIn': 'It is the Sign-in Log.',
  'lib/data/sign-in-events.ts recordFirstInWait': 'It is the Sign-in Log.',
  'lib/data/sign-in-keeping.ts dropOldSignIns': 'Housekeeping, as long as an audited setting says.',
  'lib/data/totp.ts beginTotp': 'A secret that counts for nothing yet; confirming it is audited.',
  'lib/data/totp.ts spendTotp': 'Proves an attempt, which is in the Sign-in Log; marks the code as used.',
  'lib/server/auth.ts signInWithFactor':
    'Spends an attempt under way; what becomes of it is in the Sign-in Log.',
  'lib/server/admit.ts admit':
    'It is the Sign-in Log; a phone that begins writes its row as well (lib/server/admit.test.ts).',
  'lib/server/leave.ts leave':
    'Ends its session by endOwnSession, which is run below; the rest are attempts under way.',
}

const NOTHING_ASKED = answering()

type Deed = () => Promise<unknown>

/** How each audited mutation is run: what makes the scene, and in it the deed. */
const DEEDS: Readonly<Record<string, () => Promise<Deed>>> = {
  'lib/data/accounts.ts createFirstAccount': async () => {
    await transact(async (tx) => {
      await tx.account.deleteMany({})
      await tx.installation.deleteMany({})
    })
    return () => createFirstAccount(newAccount(), { address: null })
  },
  'lib/data/accounts.ts createAccount': async () => () => createAccount(newAccount()),
  'lib/data/agent-endings.ts endSessionsOf': async () => {
    const { admin, ben } = await team()
    await someSession(ben)
    return () => endSessionsOf(admin, ben.agentId)
  },
  'lib/data/agent-places.ts endPlaceOf': async () => {
    const { admin, ben } = await team()
    const id = await someSession(ben)
    return () => endPlaceOf(admin, ben.agentId, { kind: 'web', id })
  },
  'lib/data/agent-passwords.ts resetPassword': async () => {
    const { admin, ben } = await team()
    return () => resetPassword(admin, ben.agentId, 'another horse battery')
  },
  'lib/data/agent-passwords.ts changeOwnPassword': async () => {
    const admin = await someAdmin()
    const sessionId = await someSession(admin)
    const change = { sessionId, currentPassword: PASSWORD, newPassword: 'another horse battery' }
    return () => changeOwnPassword(admin, change)
  },
  'lib/data/agents.ts addAgent': async () => {
    const admin = await someAdmin()
    return () => addAgent(admin, { name: 'New', email: newAccount().email, ...PLAIN }, PASSWORD)
  },
  'lib/data/agents.ts changeAgent': async () => {
    const { admin, ben } = await team()
    return () => changeAgent(admin, { agentId: ben.agentId, version: 1, ...PLAIN, name: 'Benjamin' })
  },
  'lib/data/agents.ts setAgentEnabled': async () => {
    const { admin, ben } = await team()
    return () => setAgentEnabled(admin, ben.agentId, false)
  },
  'lib/data/allowlist-ranges.ts addRange': async () => {
    const admin = await someAdmin()
    return () => addRange(admin, newRange('192.0.2.1'), NOTHING_ASKED)
  },
  'lib/data/allowlist-ranges.ts putOnList': async () => {
    const admin = await someAdmin()
    const offered = { range: newRange('192.0.2.1').range, description: '' }
    return () => putOnList(admin, offered, NOTHING_ASKED)
  },
  'lib/data/allowlist-ranges.ts addOwnAddress': async () => {
    const admin = await someAdmin()
    return () => addOwnAddress(admin, NOTHING_ASKED)
  },
  'lib/data/range-import.ts importRanges': async () => {
    const admin = await someAdmin()
    return () => importRanges(admin, [newRange('192.0.2.1'), newRange('192.0.2.2')], NOTHING_ASKED)
  },
  'lib/data/allowlist-ranges.ts editRange': async () => {
    const { admin, id } = await withRange()
    const edit = { id, version: 1, range: newRange('192.0.2.2').range, description: '', expiresAt: null }
    return () => editRange(admin, edit, NOTHING_ASKED)
  },
  'lib/data/allowlist-ranges.ts setRangeEnabled': async () => {
    const { admin, id } = await withRange()
    return () => setRangeEnabled(admin, { id, enabled: false }, NOTHING_ASKED)
  },
  'lib/data/allowlist-ranges.ts deleteRange': async () => {
    const { admin, id } = await withRange()
    return () => deleteRange(admin, { id }, NOTHING_ASKED)
  },
  'lib/data/unconfirmed-changes.ts confirmChange': async () => {
    const { admin, id } = await withUnconfirmed()
    const sessionId = await someSession(admin)
    await transact((tx) =>
      tx.unconfirmedChange.update({ where: { id }, data: { madeAt: new Date(Date.now() - 1000) } }),
    )
    return () => confirmChange(admin, { id, sessionId })
  },
  'lib/data/unconfirmed-changes.ts revertNow': async () => {
    const { admin, id } = await withUnconfirmed()
    return () => revertNow(admin, id, NOTHING_ASKED)
  },
  'lib/data/allowlist-reading.ts readSwitches': async () => {
    const { admin } = await withUnconfirmed()
    return () => readSwitches(admin.accountId, new Date(Date.now() + HOUR_MS))
  },
  'lib/data/allowlist-switches.ts turnOn': async () => {
    const { admin, ben } = await team()
    await someSession(ben)
    const how = { endSessionsOutside: true, exceptSessionId: null }
    return () => turnOn(admin, how, answering('anyway'))
  },
  'lib/data/allowlist-switches.ts turnOff': async () => {
    const admin = await someAdmin()
    await behindOffice(admin)
    return () => turnOff(admin, answering('admits-everyone'))
  },
  'lib/data/allowlist-switches.ts setMobileEnforced': async () => {
    const admin = await someAdmin()
    return () => setMobileEnforced(admin, true, NOTHING_ASKED)
  },
  'lib/data/allowlist-switches.ts setCheckEveryRequest': async () => {
    const admin = await someAdmin()
    return () => setCheckEveryRequest(admin, true, NOTHING_ASKED)
  },
  'lib/data/allowlist-switches.ts setContactEmail': async () => {
    const admin = await someAdmin()
    return () => setContactEmail(admin, 'it@example.com', NOTHING_ASKED)
  },
  'lib/data/authorization-links.ts requestLink': async () => {
    const admin = await someAdmin()
    await behindOffice(admin)
    const { pending } = await refused(admin)
    return () => requestLink(pending)
  },
  'lib/data/devices.ts endDevice': async () => {
    const { device } = await withDevice()
    return () => endDevice(device, 'signed-out', { address: null })
  },
  'lib/data/approvals.ts requestApproval': async () => {
    const { pending } = await waitingForApproval()
    return () => requestApproval(pending)
  },
  'lib/data/approvals.ts decideApproval': async () => {
    const { bea, pending } = await waitingForApproval()
    await requestApproval(pending)
    const [request] = await listWaitingApprovals(bea)
    return () => decideApproval(bea, { id: request?.id ?? '', approve: true, provenAt: new Date() })
  },
  'lib/data/factor-requirement.ts setFactorRequired': async () => {
    const admin = await someAdmin()
    return () => setFactorRequired(admin, { required: true, provenAt: null })
  },
  'lib/data/factor-changes.ts removeOwnFactor': async () => {
    const admin = await someAdmin()
    await withTotp(admin)
    return () => removeOwnFactor(admin, { kind: 'totp' })
  },
  'lib/data/factor-changes.ts resetFactors': async () => {
    const { admin, ben } = await team()
    await withTotp(ben)
    return () => resetFactors(admin, ben.agentId)
  },
  'lib/data/invitations.ts acceptInvitation': async () => {
    await invite(await someAdmin(), newcomer(), 'mail')
    const token = await tokenMailed()
    return () => acceptInvitation(token, { name: 'Omar', password: 'four words of mine' }, null)
  },
  'lib/data/invitations.ts claimTemporary': async () => {
    const who = newcomer()
    const invited = await invite(await someAdmin(), who, 'temporary-password')
    const password = (typeof invited === 'string' ? null : invited.password) ?? ''
    return () => claimTemporary(who.email, password)
  },
  'lib/data/inviting.ts invite': async () => {
    const admin = await someAdmin()
    return () => invite(admin, newcomer(), 'mail')
  },
  'lib/data/inviting.ts resendInvitation': async () => {
    const { admin, id } = await withInvitation()
    return () => resendInvitation(admin, id, new Date(Date.now() + HOUR_MS))
  },
  'lib/data/inviting.ts withdrawInvitation': async () => {
    const { admin, id } = await withInvitation()
    return () => withdrawInvitation(admin, id)
  },
  'lib/data/link-decisions.ts consumeLink': async () => {
    const admin = await someAdmin()
    await behindOffice(admin)
    const { token, cookie } = await withLink(admin)
    return () => consumeLink({ token, code: null, pendingToken: cookie, keep: 'forever', clicker: null })
  },
  'lib/data/link-decisions.ts denyLink': async () => {
    const admin = await someAdmin()
    await behindOffice(admin)
    const { token } = await withLink(admin)
    return () => denyLink(token, null)
  },
  'lib/data/log-exports.ts recordLogExport': async () => {
    const admin = await someAdmin()
    return () => recordLogExport(admin, { log: 'Audit Log', format: 'CSV', filter: {} })
  },
  'lib/data/notice-choice.ts chooseNotices': async () => {
    const admin = await someAdmin()
    return () => chooseNotices(admin, [])
  },
  'lib/data/own-access.ts endOwnDevice': async () => {
    const { admin, device } = await withDevice()
    return () => endOwnDevice(admin, device.id)
  },
  'lib/data/own-access.ts endOwnOthers': async () => {
    const admin = await someAdmin()
    await someSession(admin)
    return () => endOwnOthers(admin, 'another')
  },
  'lib/data/passkeys.ts finishPasskey': async () => {
    const admin = await someAdmin()
    const options = await beginPasskey(admin, { email: 'ada@example.com', sessionId: admin.agentId })
    const response = softwareKey().register(options)
    return () => finishPasskey(admin, { name: 'Key', response, sessionId: admin.agentId })
  },
  'lib/data/password-resets.ts consumeReset': async () => {
    await requestReset((await identityOf(await someAdmin())).email, FROM)
    const token = await tokenMailed()
    return () => consumeReset(token, 'four words of mine', null)
  },
  'lib/data/password-resets.ts requestReset': async () => {
    const { email } = await identityOf(await someAdmin())
    return () => requestReset(email, FROM)
  },
  'lib/data/range-suggestions.ts dismissSuggestion': async () => {
    const admin = await someAdmin()
    return () => dismissSuggestion(admin, newRange('192.0.2.1').range)
  },
  'lib/data/recovery-codes.ts remakeRecoveryCodes': async () => {
    const admin = await someAdmin()
    await withTotp(admin)
    return () => remakeRecoveryCodes(admin)
  },
  'lib/data/recovery-codes.ts spendRecoveryCode': async () => {
    const admin = await someAdmin()
    const { codes } = await withTotp(admin)
    return () => spendRecoveryCode(admin, codes[0]?.replaceAll('-', '') ?? '', new Date())
  },
  'lib/data/sessions.ts endOwnSession': async () => {
    const admin = await someAdmin()
    const sessionId = await someSession(admin)
    return () => endOwnSession(admin, sessionId, 'signed-out')
  },
  'lib/data/sign-in-keeping.ts setSignInsKeptDays': async () => {
    const admin = await someAdmin()
    return () => setSignInsKeptDays(admin, 30)
  },
  'lib/data/settling.ts settleAccounts': async () => {
    const admin = await someAdmin()
    await behindOffice(admin)
    const inHours = (count: number) => new Date(Date.now() + count * HOUR_MS)
    await turnOff(admin, NOTHING_ASKED, { until: inHours(1), reason: 'New office' })
    return () => settleAccounts(inHours(2))
  },
  'lib/data/totp.ts confirmTotp': async () => {
    const admin = await someAdmin()
    const begun = await beginTotp(admin, 'ada@example.com')
    if (begun === 'exists') throw new Error(begun)
    return () => confirmTotp(admin, { code: codeAt(begun.secret, new Date()), sessionId: 'none', label: '' })
  },
}

const HOUR_MS = 60 * 60 * 1000
const FROM = { address: null, device: 'Firefox' }
const PLAIN = { role: 'AGENT', managesSecurity: false, managesAgents: false } as const
let serial = 0

function newAccount() {
  return { accountName: 'New', name: 'Nora', email: `nora${++serial}@example.com`, password: PASSWORD }
}

function newcomer() {
  return { name: 'Omar', email: `omar${++serial}@example.com`, ...PLAIN }
}

/** What the link in the latest mail ends in. */
async function tokenMailed(): Promise<string> {
  return /\/([\w-]{43})\s/.exec((await latestMail()).text)?.[1] ?? ''
}

async function withInvitation() {
  const admin = await someAdmin()
  const who = newcomer()
  await invite(admin, who, 'mail')
  const { id } = await database().invitation.findFirstOrThrow({ where: { email: who.email } })
  return { admin, id }
}

async function team() {
  const admin = await someAdmin()
  return { admin, ben: await someColleague(admin, {}) }
}

async function withRange() {
  const admin = await someAdmin()
  const added = await addRange(admin, newRange('192.0.2.1'), NOTHING_ASKED)
  if (added.outcome !== 'added') throw new Error(added.outcome)
  return { admin, id: added.id }
}

/** An office that the admin is in, deleted although that shuts the admin out. */
async function withUnconfirmed() {
  const admin = await someAdmin()
  const [office = ''] = await plantRanges(admin, newRange('198.51.100.0/24'), newRange('192.0.2.1'))
  await plantSwitches(admin, { allowlistEnabled: true })
  await deleteRange(admin, { id: office }, answering('anyway'))
  const { id } = await database().unconfirmedChange.findFirstOrThrow({
    where: { accountId: admin.accountId },
  })
  return { admin, id }
}

async function withDevice() {
  const admin = await someAdmin()
  const identity = await identityOf(admin)
  const phone = { name: 'Pixel', address: null, factorProven: false }
  const device = await transact((tx) => startDevice(tx, identity, phone, new Date()))
  if (!device) throw new Error('The phone is not signed in.')
  return { admin, device }
}

it('every function that changes rows writes an audit row, or says here why it needs none', () => {
  const found = findMutations()
  const keys = found.map(({ key }) => key)
  expect(keys.length).toBeGreaterThan(55)
  const unknown = keys.filter((key) => !(key in DEEDS) && !(key in WITHOUT_ROW))
  expect(unknown, 'Run it in DEEDS, or say in WITHOUT_ROW why it needs no row').toEqual([])
  const gone = [...Object.keys(DEEDS), ...Object.keys(WITHOUT_ROW)].filter((key) => !keys.includes(key))
  expect(gone, 'These change nothing any more').toEqual([])
  expect(Object.keys(DEEDS).filter((key) => key in WITHOUT_ROW)).toEqual([])
  const silent = found.filter(({ key, isAudited }) => key in DEEDS && !isAudited)
  expect(silent, 'These never reach recordAudit').toEqual([])
})

/** An admin whose mailbox alone is not enough, refused, and another one. */
async function waitingForApproval() {
  const ada = await someAdmin()
  await behindOffice(ada)
  const bea = await someColleague(ada, { role: 'ADMIN' }, 'Bea')
  const { pending } = await refused(ada)
  await transact((tx) =>
    tx.agent.update({ where: { id: ada.agentId }, data: { passwordResetAt: new Date() } }),
  )
  return { bea, pending }
}

/** Every table but those that count attempts and hold challenges, which are spent whatever becomes of the deed. */
const TABLES = [...readFileSync('prisma/models.prisma', 'utf8').matchAll(/^model (\w+)/gm)]
  .map(([, name]) => name ?? '')
  .filter((name) => !['AuditEvent', 'RateLimit', 'PasskeyChallenge'].includes(name))

async function everything(): Promise<string> {
  const rows: unknown[] = []
  for (const table of TABLES)
    rows.push(table, await database().$queryRawUnsafe(`SELECT * FROM "${table}" ORDER BY 1`))
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)
}

describe.each(TEST_DATABASES)('on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const rename = (from: string, to: string) =>
    transact((tx) => tx.$executeRawUnsafe(`ALTER TABLE "${from}" RENAME TO "${to}"`))

  /** What a colleague has, and another account; on one database, since the other is asked the same. Nobody is there before the first account. */
  async function plantOthers(): Promise<Belongings[]> {
    const [latest] = await database().account.findMany({ orderBy: { id: 'desc' }, take: 1 })
    if (kind !== 'sqlite' || !latest) return []
    return [await plantBystander(latest.id), await plantElsewhere()]
  }

  it.each(Object.keys(DEEDS))('%s writes its row, and leaves what others have alone', async (key) => {
    const deed = await DEEDS[key]?.()
    const others = await plantOthers()
    const theirs = await Promise.all(others.map((read) => read()))
    const [before, rows] = [await everything(), await database().auditEvent.count()]
    await deed?.()
    expect(await database().auditEvent.count()).toBeGreaterThan(rows)
    expect(await everything()).not.toBe(before)
    expect(await Promise.all(others.map((read) => read()))).toEqual(theirs)
  })

  it.each(Object.keys(DEEDS))('%s changes nothing where no row can be written', async (key) => {
    const deed = await DEEDS[key]?.()
    const before = await everything()
    await rename('AuditEvent', 'AuditEventAway')
    try {
      await expect(deed?.()).rejects.toThrow(/AuditEvent/)
    } finally {
      await rename('AuditEventAway', 'AuditEvent')
    }
    expect(await everything()).toBe(before)
  })
})
