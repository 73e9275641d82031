import { setImmediate as otherWork } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import type { LookupEntry } from '../core/lookup'
import { compileSteps } from '../core/lookup-compile'
import type { Layout } from '../core/lookup-layout'
import { useDatabase } from './database'
import type { Answer, Job } from './long-lists'
import { readEntries } from './range-entries'

/*
 * A thread of its own that reads and compiles long lists; see long-lists.ts. Lists that are asked for at the same time
 * are made in turns, so that none has to wait for a far longer one.
 */
const SLICE_MS = 20
const IDS_AT_ONCE = 4_000
const port = parentPort
if (!port) throw new Error('This file is run by lib/data/long-lists.ts.')

let open: { url: string; ready: Promise<void> } | undefined
/** Ids that still have to be sent, by job; the next ones go when the last ones have arrived. */
const unsent = new Map<number, { ids: string[]; at: number }>()

port.on('message', (message: Job | { job: number; goOn: true }) => {
  if ('goOn' in message) return sendIds(message.job)
  make(message).catch((error: unknown) => answer({ job: message.job, failed: String(error) }))
})

async function make({ job, databaseUrl, accountId }: Job): Promise<void> {
  if (open?.url !== databaseUrl) open = { url: databaseUrl, ready: useDatabase(databaseUrl) }
  await open.ready
  const { ids, ...made } = await compile((await readEntries(accountId)) ?? [])
  unsent.set(job, { ids, at: 0 })
  answer({ job, made, ranges: ids.length }, [made.words.buffer as ArrayBuffer])
  sendIds(job)
}

async function compile(entries: LookupEntry[]): Promise<Layout> {
  const steps = compileSteps(entries)
  for (;;) {
    const until = performance.now() + SLICE_MS
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
    await otherWork()
  }
}

function sendIds(job: number): void {
  const sending = unsent.get(job)
  if (!sending) return
  answer({ job, ids: sending.ids.slice(sending.at, sending.at + IDS_AT_ONCE) })
  sending.at += IDS_AT_ONCE
  if (sending.at >= sending.ids.length) unsent.delete(job)
}

function answer(message: Answer, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer)
}
