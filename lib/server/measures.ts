import { channel } from 'node:diagnostics_channel'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Surface, Verdict } from '../core/allowlist'
import { LIST_BUILT, type ListBuilt } from '../data/compiled-lists'

interface Measures {
  registry: Registry
  decisions: Counter<'asked' | 'surface' | 'verdict' | 'reason'>
  decisionSeconds: Histogram<'asked'>
  signInSeconds: Histogram<'by' | 'outcome'>
}

const MEASURES = Symbol.for('gatehouse.measures')
const shared = globalThis as { [MEASURES]?: Measures }

/** What this process has counted since it started: one registry, however many instances of this module there are. */
export function measures(): Measures {
  shared[MEASURES] ??= begin()
  return shared[MEASURES]
}

function begin(): Measures {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  observeLists(registry)
  return {
    registry,
    decisions: new Counter({
      registers,
      name: 'gatehouse_decisions_total',
      help: 'Answers of the allowlist: for a sign-in (also a token that is refreshed), or for a request of a session.',
      labelNames: ['asked', 'surface', 'verdict', 'reason'],
    }),
    decisionSeconds: new Histogram({
      registers,
      name: 'gatehouse_decision_seconds',
      help: 'Time that an answer of the allowlist took, reading the list included.',
      labelNames: ['asked'],
      buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    }),
    signInSeconds: new Histogram({
      registers,
      name: 'gatehouse_sign_in_seconds',
      help: 'Time from credentials to a session or a refusal, hashing the password included.',
      labelNames: ['by', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    }),
  }
}

function observeLists(registry: Registry): void {
  const registers = [registry]
  const seconds = new Histogram({
    registers,
    name: 'gatehouse_list_build_seconds',
    help: 'Time to read and compile the list of one account.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  })
  const ranges = new Histogram({
    registers,
    name: 'gatehouse_list_ranges',
    help: 'Ranges of the lists that were compiled.',
    buckets: [0, 1, 10, 100, 1_000, 10_000, 100_000],
  })
  channel(LIST_BUILT).subscribe((message) => {
    const built = message as ListBuilt
    seconds.observe(built.seconds)
    ranges.observe(built.ranges)
  })
}

/** Runs one decision of the allowlist and counts its verdict. */
export async function measureDecision(
  asked: 'sign-in' | 'request',
  surface: Surface,
  decide: () => Promise<Verdict>,
): Promise<Verdict> {
  const { decisions, decisionSeconds } = measures()
  const end = decisionSeconds.startTimer({ asked })
  const verdict = await decide()
  end()
  const { admit, because } = verdict
  decisions.inc({ asked, surface, verdict: admit ? 'admit' : 'refuse', reason: because })
  return verdict
}

/** Runs one sign-in and counts how it went. `outcomeOf` names what was thrown, out of a closed list. */
export async function measureSignIn<T>(
  by: 'web' | 'mobile',
  outcomeOf: (error: unknown) => string,
  work: () => Promise<T>,
): Promise<T> {
  const end = measures().signInSeconds.startTimer({ by })
  try {
    const result = await work()
    end({ outcome: 'signed-in' })
    return result
  } catch (error) {
    end({ outcome: outcomeOf(error) })
    throw error
  }
}
