import 'server-only'
import { env } from '../env'
import { mayPrintLinks } from './operator-lines'

/** Whether mail leaves at all; without SMTP_URL it is kept as files for the operator. */
export function hasMailServer(): boolean {
  return env().SMTP_URL !== null
}

/** Where the operator finds a mail that was kept, and the link in it. */
export function keptMailPlace(): string {
  const folder = 'in the folder mail inside DATA_DIR'
  return mayPrintLinks() ? `in the terminal in which Gatehouse runs, and ${folder}` : folder
}
