'use server'

import { redirect } from 'next/navigation'
import { PATHS } from '@/lib/core/paths'
import { findForeignOrigin } from '@/lib/server/action'
import { leave } from '@/lib/server/leave'

/** Ends the session of this browser, and its pending sign-in, and leads to sign-in. For a form. */
export async function signOutAction(): Promise<void> {
  if (await findForeignOrigin()) redirect('/')
  await leave()
  redirect(PATHS.signIn)
}
