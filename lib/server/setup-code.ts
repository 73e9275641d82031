import { PATHS } from '../core/paths'
import { isSetupOpen } from '../data/accounts'
import { isSameSecret, sign } from '../data/secrets'
import { env } from '../env'

/** Needed to create the first account. Derived, so that all instances know it and none stores it. */
function setupCode(): string {
  return sign('setup', 'first account').slice(0, 24)
}

export function isSetupCode(code: string): boolean {
  return isSameSecret(code, setupCode())
}

/** Prints the one-time link while there is no account. */
export async function announceSetup(): Promise<void> {
  if (await isSetupOpen())
    console.log(`\nSet up Gatehouse: ${env().APP_URL}${PATHS.setup}?code=${setupCode()}\n`)
}
