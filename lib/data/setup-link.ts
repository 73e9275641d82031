import { PATHS } from '../core/paths'
import { env } from '../env'
import { isSameSecret, sign } from './secrets'

/** Needed to create the first account. Derived, so that all instances know it and none stores it. */
function setupCode(): string {
  return sign('setup', 'first account').slice(0, 24)
}

export function isSetupCode(code: string): boolean {
  return isSameSecret(code, setupCode())
}

/** The one-time link; good for as long as there is no account. */
export function setupLink(): string {
  return `${env().APP_URL}${PATHS.setup}?code=${setupCode()}`
}
