import { withLock } from '../lock.mjs'
import { compileProgram, GATEHOUSE, PREPARE } from '../programs.mjs'

/** What tests run beside themselves, before the first of them. */
export default function compilePrograms(): Promise<void> {
  return withLock(async () => {
    await compileProgram(GATEHOUSE)
    await compileProgram(PREPARE)
  })
}
