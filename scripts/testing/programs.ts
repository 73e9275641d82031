import { withLock } from '../lock.mjs'
import { compilePrograms } from '../programs.mjs'

/** What tests run beside themselves, before the first of them. */
export default function beforeAll(): Promise<void> {
  return withLock(compilePrograms)
}
