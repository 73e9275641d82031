import 'server-only'
import { env } from '../env'

/** Whether mail leaves at all; without SMTP_URL it is kept as files for the operator. */
export function hasMailServer(): boolean {
  return env().SMTP_URL !== null
}
