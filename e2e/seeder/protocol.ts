import type { verbs } from './verbs'

export type Verbs = typeof verbs

/** What the test process asks; values travel as structured clones, so instants stay instants. */
export interface Question {
  id: number
  verb: keyof Verbs
  args: unknown[]
}

export type Answer = { id: number; result: unknown } | { id: number; error: string }
