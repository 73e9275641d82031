import { env } from '../env'

/** A form counts only when it comes from APP_URL itself. */
export function foreignWords(): string {
  return `This form has to be sent from ${env().APP_URL}. Open Gatehouse at that address and try again.`
}

/**
 * Whether Next refuses what is posted with these headers for its Origin, or can't read it: it answers 500 then, and writes
 * a stack into the log for everyone who asks. None at all is left to the action.
 */
export function isFromElsewhere(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === null) return false
  if (!URL.canParse(origin)) return true
  const [forwarded = ''] = (headers.get('x-forwarded-host') ?? '').split(',')
  const here = [forwarded.trim() || headers.get('host'), new URL(env().APP_URL).host]
  return !here.includes(new URL(origin).host)
}
