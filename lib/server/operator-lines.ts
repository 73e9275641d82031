import { isSetupOpen } from '../data/accounts'
import { setupLink } from '../data/setup-link'
import { env } from '../env'

/**
 * Whether links, which are as good as keys, may stand in the output of this process: always, or (PRINT_LINKS=terminal) only
 * where somebody reads it and nothing collects it.
 */
export function mayPrintLinks(): boolean {
  return env().PRINT_LINKS === 'always' || process.stdout.isTTY === true
}

/** Prints the one-time link while there is no account, or how to get it. */
export async function announceSetup(): Promise<void> {
  if (!(await isSetupOpen())) return
  const link = mayPrintLinks() ? setupLink() : 'run "gatehouse setup-link" here, which prints the link'
  console.log(`\nSet up Gatehouse: ${link}\n`)
}
