import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { GET as foresee } from '@/app/control-panel/global-settings/security/ip-allowlist/impact/route'
import { newRange, plantRanges, plantSwitches, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase } from '@/scripts/testing/databases'
import { plantSession } from '@/scripts/testing/sessions'
import { asks, saidBy } from '@/scripts/testing/web-request'
import type { FormState } from '../core/form-state'
import { PATHS } from '../core/paths'
import { NotPermitted } from '../core/permissions'
import { database, transact } from '../data/database'
import { factorAction, openAction, permittedAction, signedInAction } from './action'
import { requireAdmitted, requireAgent, requireControlPanel, requirePermission } from './current'
import { answerDownload } from './download'

vi.mock('next/headers', () => import('@/scripts/testing/web-request'))
vi.stubEnv('LOG_LEVEL', 'silent')
vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', '1')

const BY_SCRIPT = { 'next-action': 'x' }
const FROM = { referer: 'http://localhost:3000/agent-console?page=2' }
const HERE = encodeURIComponent('/agent-console?page=2')

const deeds: string[] = []
const Schema = z.object({ name: z.string().min(1, 'Enter a name.'), password: z.string().optional() })
const deed = async ({ name }: { name: string }): Promise<FormState> => {
  deeds.push(name)
  return name === 'beyond' ? Promise.reject(new NotPermitted('MANAGE_SECURITY')) : { status: 'done' }
}
const ACTIONS = {
  open: openAction(Schema, deed),
  'signed-in': signedInAction(Schema, deed),
  factor: factorAction(Schema, deed),
  permitted: permittedAction('MANAGE_SECURITY', Schema, deed),
}
type Name = keyof typeof ACTIONS

function send(name: Name, fields: Record<string, string> = { name: 'one' }) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  return saidBy(ACTIONS[name]({ status: 'idle' }, form))
}

describe('the guards', () => {
  /** Sessions of people whom not everything is open to, and of an admin. */
  let ids: Record<'outside' | 'enrolling' | 'plain' | 'admin', string>
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase('sqlite')
    const [admin, outside, enrolling] = [await someAdmin(), await someAdmin(), await someAdmin()]
    const plain = await someColleague(admin, {})
    // The address of a request without a stamp is unknown, which no list admits.
    await plantRanges(outside, newRange('203.0.113.9'))
    await plantSwitches(outside, { allowlistEnabled: true, checkEveryRequest: true })
    await transact((tx) =>
      tx.account.update({ where: { id: enrolling.accountId }, data: { adminsNeedFactor: true } }),
    )
    const sessionOf = async ({ accountId, agentId }: { accountId: string; agentId: string }) => {
      const start = { accountId, agentId, surface: 'CONTROL_PANEL', address: null, device: '' } as const
      return (await transact((tx) => plantSession(tx, start))).id
    }
    ids = {
      ...{ outside: await sessionOf(outside), enrolling: await sessionOf(enrolling) },
      ...{ plain: await sessionOf(plain), admin: await sessionOf(admin) },
    }
  })
  afterAll(() => close())
  beforeEach(() => {
    deeds.length = 0
  })

  it.each(Object.keys(ACTIONS) as Name[])('an action (%s) counts only when sent from here', async (name) => {
    for (const origin of ['https://evil.example', 'null', '']) {
      await asks(ids.admin, { origin })
      expect(await send(name), origin).toMatchObject({ status: 'refused' })
    }
    expect(deeds).toEqual([])
    await asks(ids.admin)
    expect(await send(name)).toMatchObject({ status: 'done' })
    expect(deeds).toEqual(['one'])
  })

  it.each(['signed-in', 'factor', 'permitted'] as const)(
    'an action (%s) is for nobody else',
    async (name) => {
      const refused = async (session: string | null) => {
        await asks(session, { ...BY_SCRIPT, ...FROM })
        // Who, then what: nothing is said about the input either.
        const said = [await send(name), await send(name, {})]
        expect(said[1]).toEqual(said[0])
        expect(deeds).toEqual([])
        return said[0]
      }
      expect(await refused(null)).toBe(`to ${PATHS.signIn}?to=${HERE}&changed=session`)
      expect(await refused(ids.outside)).toBe(`to ${PATHS.blocked}?to=${HERE}`)
      if (name !== 'factor') expect(await refused(ids.enrolling)).toBe(`to ${PATHS.ownFactors}`)
      if (name === 'permitted') expect(await refused(ids.plain)).toBe('403')
    },
  )

  it('who has to enrol a second factor may do that, and nothing else', async () => {
    await asks(ids.enrolling)
    expect(await send('factor')).toMatchObject({ status: 'done' })
    for (const name of ['signed-in', 'permitted'] as const)
      expect(await send(name), name).toBe(`to ${PATHS.ownFactors}`)
    expect(deeds).toEqual(['one'])
  })

  it('a form sent without scripts is led to a page that refuses', async () => {
    await asks(ids.plain)
    expect(await send('permitted')).toBe(`to ${PATHS.ipAllowlist}`)
  })

  it('a permission that the deed misses is the 403 page as well', async () => {
    await asks(ids.admin, BY_SCRIPT)
    expect(await send('permitted', { name: 'beyond' })).toBe('403')
  })

  it('a password along with a form is judged before the deed, and never comes back', async () => {
    const session = () => database().session.findUniqueOrThrow({ where: { id: ids.admin } })
    const before = await session()
    await asks(ids.admin)
    const wrong = await send('permitted', { name: 'one', password: 'not this one' })
    expect(wrong).toEqual({
      ...{ status: 'confirm', question: 'prove-again', values: { name: 'one' } },
      fieldErrors: { password: 'This is not your password.' },
    })
    expect(deeds).toEqual([])
    await asks(ids.admin)
    expect(await send('permitted', { name: 'one', password: 'correct horse battery' })).toEqual({
      status: 'done',
    })
    expect((await session()).provenAt?.getTime()).toBeGreaterThan(before.provenAt?.getTime() ?? 0)
  })

  it.each([
    ['requireAdmitted', () => requireAdmitted('/agent-console?page=2')],
    ['requireAgent', () => requireAgent('/agent-console?page=2')],
    ['requireControlPanel', () => requireControlPanel('/agent-console?page=2')],
    ['requirePermission', () => requirePermission('MANAGE_SECURITY', '/agent-console?page=2')],
  ] as const)('a page (%s) is for nobody else', async (name, page) => {
    const said = async (session: string | null) => {
      await asks(session)
      return saidBy(page())
    }
    expect(await said(null)).toBe(`to ${PATHS.signIn}?to=${HERE}`)
    expect(await said(ids.outside)).toBe(`to ${PATHS.blocked}?to=${HERE}`)
    const enrolling = await said(ids.enrolling)
    if (name === 'requireAdmitted') expect(enrolling).toMatchObject({ isAdmitted: true })
    else expect(enrolling).toBe(`to ${PATHS.ownFactors}?to=${HERE}`)
    const plain = await said(ids.plain)
    if (name === 'requireAdmitted' || name === 'requireAgent')
      expect(plain).toMatchObject({ isAdmitted: true })
    else expect(plain).toBe('403')
    expect(await said(ids.admin)).toMatchObject({ isAdmitted: true })
  })

  it('what a form is about to do is foreseen for nobody else', async () => {
    const status = async (session: string | null) => {
      await asks(session)
      return (await foresee(new Request('http://localhost:3000/?change=add'))).status
    }
    expect(await status(null)).toBe(401)
    expect(await status(ids.outside)).toBe(401)
    expect(await status(ids.enrolling)).toBe(403)
    expect(await status(ids.plain)).toBe(403)
    expect(await status(ids.admin)).toBe(200)
  })

  it('a download is for nobody else', async () => {
    const made: string[] = []
    const status = async (session: string | null) => {
      await asks(session)
      const answer = await answerDownload('MANAGE_SECURITY', async ({ name }) => {
        made.push(name)
        return 'There is nothing here.'
      })
      return answer.status
    }
    expect(await status(null)).toBe(401)
    expect(await status(ids.outside)).toBe(403)
    expect(await status(ids.enrolling)).toBe(403)
    expect(await status(ids.plain)).toBe(403)
    expect(made).toEqual([])
    expect(await status(ids.admin)).toBe(400)
    expect(made).toEqual(['Ada'])
  })
})
