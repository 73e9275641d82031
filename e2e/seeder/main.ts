// Reads one call a line, answers one line each; speaks to the database that the environment names.
import { createInterface } from 'node:readline'
import type { Call, Reply } from './protocol'
import { verbs } from './verbs'

for await (const line of createInterface({ input: process.stdin })) {
  const { id, verb, args } = JSON.parse(line) as Call
  process.stdout.write(`${JSON.stringify(await answer(id, verb, args))}\n`)
}

async function answer(id: number, verb: Call['verb'], args: unknown[]): Promise<Reply> {
  try {
    const result = await (verbs[verb] as (...args: unknown[]) => Promise<unknown>)(...args)
    return { id, result: result ?? null }
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) }
  }
}
