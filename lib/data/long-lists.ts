import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { type CompiledLookup, lookupOf } from '../core/lookup'
import type { Layout } from '../core/lookup-layout'
import { openUrl } from './database'

/*
 * Reading and compiling a long list takes seconds, for which nobody's request shall wait: a thread of its own does it.
 * What it made comes over without being copied, but for the ids, which come in portions with other work in between.
 */
export interface Job {
  job: number
  databaseUrl: string
  accountId: string
}

export type Answer = { job: number } & (
  | { made: Omit<Layout, 'ids'>; ranges: number }
  | { ids: string[] }
  | { failed: string }
)

const SOURCE = 'lib/data/long-list-thread.mjs'
const EXEC_ARGV = ['--conditions=react-server']
/** How long the thread waits for another list before it ends. */
const IDLE_MS = 60_000

interface Pending {
  resolve(lookup: CompiledLookup): void
  reject(error: Error): void
  made?: Layout
  received: number
}

/** A list that is being made, and the one that is made after it: for everybody who asks meanwhile. */
interface Making {
  now: Promise<CompiledLookup>
  next?: Promise<CompiledLookup>
}

interface Thread {
  worker: Worker
  pending: Map<number, Pending>
  /** By account. */
  making: Map<string, Making>
  /** How many jobs it was given; kept here, as each bundle has a module of its own. */
  jobs: number
  idle?: NodeJS.Timeout
}

const THREAD = Symbol.for('gatehouse.long-lists')
const shared = globalThis as { [THREAD]?: Thread }

/**
 * The account's list as the database has it now, compiled by the other thread. However often it changes and is asked for
 * meanwhile, no more than one is made at a time, and one afterwards.
 */
export function compileInThread(accountId: string): Promise<CompiledLookup> {
  const making = shared[THREAD]?.making.get(accountId)
  if (!making) return make(accountId)
  // The one that is being made may have been read before it was asked for this time.
  const again = () => make(accountId)
  making.next ??= making.now.then(again, again)
  return making.next
}

function make(accountId: string): Promise<CompiledLookup> {
  shared[THREAD] ??= start()
  const thread = shared[THREAD]
  const making: Making = { now: order(thread, accountId) }
  thread.making.set(accountId, making)
  const forget = () => {
    if (!making.next) thread.making.delete(accountId)
  }
  making.now.then(forget, forget)
  return making.now
}

function order(thread: Thread, accountId: string): Promise<CompiledLookup> {
  const { worker, pending } = thread
  clearTimeout(thread.idle)
  worker.ref()
  return new Promise((resolve, reject) => {
    const job = ++thread.jobs
    pending.set(job, { resolve, reject, received: 0 })
    worker.postMessage({ job, databaseUrl: openUrl(), accountId } satisfies Job)
  })
}

function start(): Thread {
  // Asked for in this way, since the build would take the thread's source for a part of its bundle.
  const threads = process.getBuiltinModule('node:worker_threads')
  const worker = new threads.Worker(join(process.cwd(), SOURCE), { execArgv: EXEC_ARGV })
  const thread: Thread = { worker, pending: new Map(), making: new Map(), jobs: 0 }
  const end = (error: Error) => {
    if (shared[THREAD] === thread) delete shared[THREAD]
    for (const { reject } of thread.pending.values()) reject(error)
    thread.pending.clear()
  }
  worker.on('message', (answer: Answer) => receive(thread, answer))
  worker.on('error', end)
  worker.on('exit', (code) => end(new Error(`The thread that compiles long lists ended with ${code}.`)))
  return thread
}

function receive(thread: Thread, answer: Answer): void {
  const pending = thread.pending.get(answer.job)
  if (!pending) return
  if ('failed' in answer) {
    pending.reject(new Error(answer.failed))
    leave(thread, answer.job)
  } else if ('made' in answer) pending.made = { ...answer.made, ids: new Array<string>(answer.ranges) }
  else receiveIds(thread, pending, answer)
}

function receiveIds(thread: Thread, pending: Pending, answer: { job: number; ids: string[] }): void {
  const made = pending.made as Layout
  for (const id of answer.ids) made.ids[pending.received++] = id
  if (pending.received < made.ids.length) {
    thread.worker.postMessage({ job: answer.job, goOn: true })
    return
  }
  pending.resolve(lookupOf(made))
  leave(thread, answer.job)
}

/** An idle thread keeps nobody from ending, and ends itself in a while. */
function leave(thread: Thread, job: number): void {
  thread.pending.delete(job)
  if (thread.pending.size > 0) return
  thread.worker.unref()
  thread.idle = setTimeout(() => {
    if (shared[THREAD] === thread) delete shared[THREAD]
    thread.worker.terminate()
  }, IDLE_MS).unref()
}
