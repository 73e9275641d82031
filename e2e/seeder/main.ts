// Sets the scene for journeys, in a process of its own with the settings of the tested server: accounts, rows, clocks.
import { closeDatabase } from '@/lib/data/database'
import { applyMigrations } from '@/lib/data/migrations'
import { env } from '@/lib/env'
import type { Answer, Question } from './protocol'
import { verbs } from './verbs'

if (process.argv[2] === 'migrate') await applyMigrations(env().DATABASE_URL)
process.on('message', (question: Question) => void answer(question))
process.on('disconnect', () => void closeDatabase().finally(() => process.exit()))
process.send?.({ id: 0, result: 'ready' } satisfies Answer)

async function answer({ id, verb, args }: Question): Promise<void> {
  try {
    const run = verbs[verb] as (...args: unknown[]) => Promise<unknown>
    process.send?.({ id, result: await run(...args) } satisfies Answer)
  } catch (error) {
    process.send?.({ id, error: String((error as Error).stack) } satisfies Answer)
  }
}
