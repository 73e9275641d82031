import 'server-only'
import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import type { z } from 'zod'
import { ECHOED_MAX_CHARACTERS, echoOf, type FormState, typedIn } from '../core/form-state'
import { PATHS } from '../core/paths'
import { type Actor, isPermitted, NotPermitted, type Permission } from '../core/permissions'
import { env } from '../env'
import { blockedPath, type Current, findCurrent, signInPath } from './current'
import { foreignWords } from './foreign-origin'
import { proveAgain } from './prove-again'

type Deed<Input> = (input: Input, actor: Actor, current: Current) => Promise<FormState>
type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

/**
 * A form action for people with one permission: who, then what, then the deed. A form that carries `password` answers the
 * question `prove-again`: the password is judged before the deed.
 */
export function permittedAction<S extends z.ZodType>(
  permission: Permission,
  schema: S,
  deed: Deed<z.infer<S>>,
): FormAction {
  return signedInAction(
    schema,
    async (input, actor, current) => {
      try {
        return await deed(input, actor, current)
      } catch (error) {
        if (error instanceof NotPermitted) return forbid(permission)
        throw error
      }
    },
    permission,
  )
}

/** A form action with which somebody changes their own second factors; also for who has to enrol one first. */
export function factorAction<S extends z.ZodType>(schema: S, deed: Deed<z.infer<S>>): FormAction {
  return openAction(
    schema,
    async (input) => {
      const current = await requireAdmittedCurrent()
      return deed(input, current.actor, current)
    },
    async () => {
      await requireAdmittedCurrent()
      return null
    },
  )
}

/** A form action for everybody who is signed in and admitted. */
export function signedInAction<S extends z.ZodType>(
  schema: S,
  deed: Deed<z.infer<S>>,
  permission?: Permission,
): FormAction {
  return openAction(
    schema,
    async (input) => {
      const current = await requireCurrent(permission)
      return deed(input, current.actor, current)
    },
    async ({ password }) => {
      const current = await requireCurrent(permission)
      return permission && password !== undefined ? proveAgain(current, password) : null
    },
  )
}

async function requireCurrent(permission?: Permission): Promise<Current> {
  const current = await requireAdmittedCurrent()
  if (current.session.mustEnrol) redirect(PATHS.ownFactors)
  if (permission && !isPermitted(current.actor, permission)) await forbid(permission)
  return current
}

async function requireAdmittedCurrent(): Promise<Current> {
  const current = await findCurrent()
  if (!current) redirect(`${signInPath(await pageOfForm())}&changed=session`)
  if (!current.isAdmitted) redirect(blockedPath(await pageOfForm()))
  return current
}

/** Where the form stands, so that its sender comes back there; sign-in judges the path like any other return address. */
async function pageOfForm(): Promise<string> {
  const referer = (await headers()).get('referer') ?? ''
  if (!URL.canParse(referer)) return ''
  const { pathname, search } = new URL(referer)
  return pathname + search
}

const PAGES: Readonly<Record<Permission, string>> = {
  MANAGE_SECURITY: PATHS.ipAllowlist,
  MANAGE_AGENTS: PATHS.agents,
}

/** The 403 page. Next answers a form sent without scripts with its 404 page instead, so that one is led to a page that refuses. */
async function forbid(permission: Permission): Promise<never> {
  if (await isSentByScript()) forbidden()
  redirect(PAGES[permission])
}

/**
 * A form action for anybody: checks the request's origin and the input. `guard` runs before the input is judged, and stops
 * there with what it answers.
 */
export function openAction<S extends z.ZodType>(
  schema: S,
  deed: (input: z.infer<S>) => Promise<FormState>,
  guard: (typed: Readonly<Record<string, string>>) => Promise<FormState | null> = async () => null,
): FormAction {
  return async (_previous, form) => {
    const foreign = await findForeignOrigin()
    if (foreign) return { status: 'refused', message: foreign }
    const typed = typedIn(form)
    const stopped = await guard(typed)
    if (stopped) return { ...stopped, values: await toEcho(typed) }
    const parsed = schema.safeParse(typed)
    if (!parsed.success)
      return { status: 'invalid', fieldErrors: fieldErrors(parsed.error), values: await toEcho(typed) }
    const state = await deed(parsed.data)
    return state.status === 'done' ? state : { ...state, values: state.values ?? (await toEcho(typed)) }
  }
}

/** Next only warns about a missing Origin header, and takes the host that was asked for its own. */
export async function findForeignOrigin(): Promise<string | null> {
  const origin = (await headers()).get('origin')
  return origin === env().APP_URL ? null : foreignWords()
}

async function toEcho(typed: Record<string, string>): Promise<Record<string, string>> {
  return echoOf(typed, (await isSentByScript()) ? ECHOED_MAX_CHARACTERS : Number.POSITIVE_INFINITY)
}

async function isSentByScript(): Promise<boolean> {
  return (await headers()).has('next-action')
}

function fieldErrors(error: z.ZodError): Record<string, string> {
  const first: Record<string, string> = {}
  for (const issue of error.issues) first[String(issue.path[0] ?? 'form')] ??= issue.message
  return first
}
