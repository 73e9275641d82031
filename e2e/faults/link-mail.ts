import type { Gatehouse } from '../fixtures/gatehouse'
import { expect } from './test'

const LINK = /https?:\S+\/authorize-ip\/\S+/

interface Mail {
  text?: string
}

export function isLinkMail({ text = '' }: Mail): boolean {
  return LINK.test(text)
}

/** The link of the first mail that has one. */
export function linkIn(mails: readonly Mail[]): string {
  return mails.map(({ text = '' }) => LINK.exec(text)?.[0]).find(Boolean) ?? 'none'
}

/** What the outbox says of the mail that carries a link. */
export async function linkMailOf({ seed }: Gatehouse, accountId: string) {
  return (await seed.outboxOf(accountId)).find(({ kind }) => kind === 'authorization-link')
}

/** Waits until the outbox of an account has nothing left to do. */
export async function allIsSent({ seed }: Gatehouse, accountId: string): Promise<void> {
  const left = async () =>
    (await seed.outboxOf(accountId)).filter(({ sentAt, failedAt }) => !sentAt && !failedAt)
  await expect.poll(left, { timeout: 30_000 }).toEqual([])
}
