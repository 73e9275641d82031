import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answering, newRange, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { NOTICE_KINDS, NOTICE_WINDOW_MS, type NoticeKind } from '../core/notices'
import { type Actor, NotPermitted } from '../core/permissions'
import type { Notice } from '../mail/notice'
import { setAgentEnabled } from './agents'
import { addRange } from './allowlist-ranges'
import { database, transact } from './database'
import { chooseNotices, readWantedNotices } from './notice-choice'
import { queueDueNotices, tellManagers } from './notices'
import { open } from './secrets'

const NOON = new Date('2026-11-24T12:00:00Z')
const later = (ms: number) => new Date(NOON.getTime() + ms)

/** What somebody is told, by the sentence that a summary would say. */
function notice(line: string): Notice {
  return { line, letter: { subject: `Subject: ${line}`, heading: line, opening: [line] } }
}

describe.each(TEST_DATABASES)('notices on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  beforeEach(forgetMails)

  async function forgetMails(): Promise<void> {
    await transact(async (tx) => {
      await tx.outboxMail.deleteMany()
      await tx.notice.deleteMany()
    })
  }

  async function tell(by: Actor, line: string, now = NOON, kind: NoticeKind = 'allowlist-switched') {
    const about = { accountId: by.accountId, kind, except: [by.agentId] }
    await transact((tx) => tellManagers(tx, about, () => notice(line), now))
  }

  async function mails(): Promise<{ to: string; subject: string; text: string }[]> {
    const rows = await database().outboxMail.findMany({ orderBy: { id: 'asc' } })
    return rows.map(({ sealed }) => JSON.parse(open(sealed ?? '') ?? '{}'))
  }

  async function waiting(actor: Actor): Promise<number> {
    return database().notice.count({ where: { accountId: actor.accountId } })
  }

  describe('who is told', () => {
    it('everybody else who is active and manages security, of this account alone', async () => {
      const ada = await someAdmin()
      const cleo = await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
      const dan = await someColleague(ada, { managesSecurity: true }, 'Dan')
      await someColleague(ada, { managesAgents: true }, 'Eve')
      await someColleague(ada, {}, 'Finn')
      const gone = await someColleague(ada, { role: 'ADMIN' }, 'Gus')
      await setAgentEnabled(ada, gone.agentId, false)
      await someAdmin()
      await forgetMails()
      await tell(ada, 'Ada did it.')
      expect((await mails()).map(({ to }) => to)).toEqual([cleo.email, dan.email])
      expect((await mails())[0]?.text).toContain(`because you manage security of Account`)
      expect((await mails())[0]?.text).toContain('/agent-console#notices')
    })

    it('everybody, when the operator did it', async () => {
      const ada = await someAdmin()
      await tell({ ...ada, agentId: null }, 'The operator did it.')
      expect(await mails()).toHaveLength(1)
    })

    it('nobody, when there is nobody else', async () => {
      const ada = await someAdmin()
      await tell(ada, 'Ada did it.')
      expect(await mails()).toEqual([])
      expect(await waiting(ada)).toBe(0)
    })

    it('nobody of a change that is undone', async () => {
      const ada = await someAdmin()
      await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
      await forgetMails()
      const everything = newRange('0.0.0.0/0')
      expect((await addRange(ada, everything, answering())).outcome).toBe('covers-everything')
      expect(await mails()).toEqual([])
    })
  })

  describe('the choice', () => {
    it('is every kind at first, holds for its person alone, and for the kinds that were left out', async () => {
      const ada = await someAdmin()
      const cleo = await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
      const dan = await someColleague(ada, { managesSecurity: true }, 'Dan')
      await forgetMails()
      expect(await readWantedNotices(cleo)).toEqual(NOTICE_KINDS)
      const wanted = NOTICE_KINDS.filter((one) => one !== 'allowlist-switched')
      expect(await chooseNotices(cleo, wanted)).toBe('chosen')
      expect(await readWantedNotices(cleo)).toEqual(wanted)
      expect(await readWantedNotices(dan)).toEqual(NOTICE_KINDS)
      await tell(ada, 'Ada did it.')
      expect((await mails()).map(({ to }) => to)).toEqual([dan.email])
      await tell(ada, 'Ada denied it.', NOON, 'link-denied')
      expect((await mails()).map(({ to }) => to)).toEqual([dan.email, cleo.email, dan.email])
      expect(await chooseNotices(cleo, NOTICE_KINDS)).toBe('chosen')
      expect(await readWantedNotices(cleo)).toEqual(NOTICE_KINDS)
    })

    it('is in the Audit Log with what it changed, and not there when it changed nothing', async () => {
      const ada = await someAdmin()
      const rows = () =>
        database().auditEvent.findMany({
          where: { accountId: ada.accountId, action: 'agent.notices_chosen' },
        })
      expect(await chooseNotices(ada, NOTICE_KINDS)).toBe('unchanged')
      expect(await rows()).toEqual([])
      const wanted = NOTICE_KINDS.filter((one) => one !== 'allowlist-emptied')
      await chooseNotices(ada, wanted)
      expect(await chooseNotices(ada, wanted)).toBe('unchanged')
      const [row] = await rows()
      expect(await rows()).toHaveLength(1)
      expect(row).toMatchObject({ actorId: ada.agentId, subjectId: ada.agentId, subjectType: 'agent' })
      expect(JSON.parse(row?.before ?? '')).toMatchObject({ 'The list is emptied': true })
      expect(JSON.parse(row?.after ?? '')).toMatchObject({
        'The list is emptied': false,
        'A link adds an address': true,
      })
    })

    it('is for nobody who can get no notice, also when that is so since a moment ago', async () => {
      const ada = await someAdmin()
      const finn = await someColleague(ada, {}, 'Finn')
      await expect(chooseNotices(finn, [])).rejects.toThrow(NotPermitted)
      await expect(readWantedNotices(finn)).rejects.toThrow(NotPermitted)
      const demoted = { ...finn, managesSecurity: true }
      await expect(chooseNotices(demoted, [])).rejects.toThrow(NotPermitted)
    })
  })

  describe('a summary instead of a flood', () => {
    async function two() {
      const ada = await someAdmin()
      const cleo = await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
      await forgetMails()
      return { ada, cleo }
    }

    it('mails the first at once, and the rest of five minutes as one at their end', async () => {
      const { ada, cleo } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      await tell(ada, 'Third.', later(NOTICE_WINDOW_MS - 1))
      expect((await mails()).map(({ subject }) => subject)).toEqual(['Subject: First.'])
      await queueDueNotices(later(NOTICE_WINDOW_MS - 1))
      expect(await mails()).toHaveLength(1)
      await queueDueNotices(later(NOTICE_WINDOW_MS))
      const [, summary, ...more] = await mails()
      expect(more).toEqual([])
      expect(summary?.to).toBe(cleo.email)
      expect(summary?.subject).toMatch(/^Account \d+: 2 times the IP allowlist was turned on or off$/)
      expect(summary?.text).toContain('2026-11-24 12:00 UTC: Second.\n2026-11-24 12:04 UTC: Third.')
      expect(summary?.text).not.toContain('First.')
      expect(summary?.text).toContain('/security/audit-log')
      expect(await waiting(ada)).toBe(0)
    })

    it('that can’t be made holds up nobody else’s', async () => {
      const { ada, cleo } = await two()
      const { accountId } = ada
      // As a newer Gatehouse left it behind, which was then taken back.
      const left = { accountId, agentId: cleo.agentId, kind: 'of-a-newer-one', content: '{}', at: NOON }
      await transact((tx) =>
        tx.notice.createMany({ data: Array.from({ length: 2 }, () => ({ ...left, dueAt: NOON })) }),
      )
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      await expect(queueDueNotices(later(NOTICE_WINDOW_MS))).rejects.toThrow()
      expect((await mails()).map(({ subject }) => subject)).toEqual(['Subject: First.', 'Subject: Second.'])
    })

    it('that can’t be made holds up nobody else’s, however many there are', async () => {
      const { ada, cleo } = await two()
      const { accountId } = ada
      const left = (at: number) => ({
        ...{ accountId, agentId: cleo.agentId, kind: `of-a-newer-one-${at % 120}`, content: '{}', at: NOON },
        dueAt: later(-1_000),
      })
      await transact((tx) => tx.notice.createMany({ data: Array.from({ length: 240 }, (_, at) => left(at)) }))
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      const due = later(NOTICE_WINDOW_MS)
      for (const _ of [1, 2, 3]) await expect(queueDueNotices(due)).rejects.toThrow()
      expect((await mails()).map(({ subject }) => subject)).toEqual(['Subject: First.', 'Subject: Second.'])
      await queueDueNotices(due)
      // They are still there, and tried again.
      expect(await waiting(ada)).toBe(240)
      await expect(queueDueNotices(later(2 * NOTICE_WINDOW_MS))).rejects.toThrow()
    })

    it.each(['{}', 'null', 'not JSON', '{"line":7,"letter":{"subject":"S","heading":"H","opening":["O"]}}'])(
      'stops no change where %s waits that another version left, and tells both',
      async (content) => {
        const { ada, cleo } = await two()
        const left = { accountId: ada.accountId, agentId: cleo.agentId, kind: 'allowlist-switched', content }
        await transact((tx) => tx.notice.create({ data: { ...left, at: later(-1), dueAt: NOON } }))
        await tell(ada, 'First.')
        const [mail, ...more] = await mails()
        expect(more).toEqual([])
        expect(mail?.text).toContain('First.')
        expect(mail?.text).toContain('the Audit Log says what it was')
        await transact((tx) => tx.notice.create({ data: { ...left, at: NOON, dueAt: NOON } }))
        await queueDueNotices(later(NOTICE_WINDOW_MS))
        expect((await mails())[1]?.text).toContain('The Audit Log says what happened.')
        expect(await waiting(ada)).toBe(0)
      },
    )

    it('waits five minutes after a summary, too', async () => {
      const { ada } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      await queueDueNotices(later(NOTICE_WINDOW_MS + 2_000))
      await tell(ada, 'Third.', later(NOTICE_WINDOW_MS + 3_000))
      await queueDueNotices(later(2 * NOTICE_WINDOW_MS + 1_999))
      expect(await mails()).toHaveLength(2)
      await queueDueNotices(later(2 * NOTICE_WINDOW_MS + 2_000))
      expect((await mails()).map(({ subject }) => subject)).toEqual([
        ...['First.', 'Second.', 'Third.'].map((line) => `Subject: ${line}`),
      ])
    })

    it('is at once again when five minutes were quiet', async () => {
      const { ada } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(NOTICE_WINDOW_MS))
      expect(await mails()).toHaveLength(2)
    })

    it('counts each person and each kind by itself', async () => {
      const { ada, cleo } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'A link.', NOON, 'link-used')
      await tell(cleo, 'Cleo did it.', later(1_000))
      expect((await mails()).map(({ subject }) => subject)).toEqual([
        'Subject: First.',
        'Subject: A link.',
        'Subject: Cleo did it.',
      ])
    })

    it('takes along what waits when the next one comes before the summary has gone', async () => {
      const { ada } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      await tell(ada, 'Third.', later(NOTICE_WINDOW_MS + 500))
      const [, summary] = await mails()
      expect(summary?.text).toContain('Second.\n')
      expect(summary?.text).toContain('Third.\n')
      await queueDueNotices(later(2 * NOTICE_WINDOW_MS + 1_000))
      expect(await mails()).toHaveLength(2)
    })

    it('goes once, of twenty instances that ask at the same moment', async () => {
      const { ada } = await two()
      await tell(ada, 'First.')
      for (const line of ['Second.', 'Third.', 'Fourth.']) await tell(ada, line, later(1_000))
      await Promise.all(Array.from({ length: 20 }, () => queueDueNotices(later(NOTICE_WINDOW_MS))))
      expect(await mails()).toHaveLength(2)
      expect((await mails())[1]?.subject).toContain('3 times')
    })

    it('loses nothing when changes and the end of the time coincide', async () => {
      const { ada } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      await Promise.all([
        ...Array.from({ length: 5 }, (_, at) => tell(ada, `Late ${at}.`, later(NOTICE_WINDOW_MS))),
        ...Array.from({ length: 5 }, () => queueDueNotices(later(NOTICE_WINDOW_MS))),
      ])
      await queueDueNotices(later(2 * NOTICE_WINDOW_MS))
      expect(await waiting(ada)).toBe(0)
      const told = (await mails()).map(({ text }) => text).join()
      for (const line of ['First.', 'Second.', ...[0, 1, 2, 3, 4].map((at) => `Late ${at}.`)])
        expect(told).toContain(line)
      expect((await mails()).length).toBeLessThanOrEqual(3)
    })

    it('comes as several when it is long, and drops no line', async () => {
      const { ada, cleo } = await two()
      await tell(ada, 'First.')
      const row = { accountId: ada.accountId, agentId: cleo.agentId, kind: 'allowlist-switched' }
      const lines = Array.from({ length: 130 }, (_, at) => ({
        ...{ ...row, at: later(at), dueAt: later(NOTICE_WINDOW_MS) },
        content: JSON.stringify(notice(`Line ${at}.`)),
      }))
      await transact((tx) => tx.notice.createMany({ data: lines }))
      await queueDueNotices(later(NOTICE_WINDOW_MS))
      await queueDueNotices(later(NOTICE_WINDOW_MS + 1_000))
      expect(await mails()).toHaveLength(2)
      await queueDueNotices(later(2 * NOTICE_WINDOW_MS))
      const told = (await mails()).map(({ text }) => text).join()
      for (const at of lines.keys()) expect(told).toContain(`Line ${at}.\n`)
    })

    it.each([
      ['was disabled', (ada: Actor, id: string) => setAgentEnabled(ada, id, false)],
      [
        'lost the permission',
        (_: Actor, id: string) =>
          transact((tx) =>
            tx.agent.update({ where: { id }, data: { role: 'AGENT', managesSecurity: false } }),
          ),
      ],
      [
        'wants none any more',
        (ada: Actor, agentId: string) => chooseNotices({ ...ada, agentId }, ['link-used']),
      ],
    ])('goes to nobody who %s meanwhile', async (_, becomes) => {
      const { ada, cleo } = await two()
      await tell(ada, 'First.')
      await tell(ada, 'Second.', later(1_000))
      await becomes(ada, cleo.agentId)
      await queueDueNotices(later(NOTICE_WINDOW_MS))
      expect(await mails()).toHaveLength(1)
      expect(await waiting(ada)).toBe(0)
    })

    it('is not kept waiting by a clock that went back', async () => {
      const { ada } = await two()
      await tell(ada, 'First.', later(3 * NOTICE_WINDOW_MS))
      await tell(ada, 'Second.', later(3 * NOTICE_WINDOW_MS + 1))
      await queueDueNotices(NOON)
      expect(await mails()).toHaveLength(2)
    })
  })
})
