import type { z } from 'zod'
import { UsageProblem } from './problem'

/** The value that `schema` makes of what was given for `what`. Throws UsageProblem with the schema's own words. */
export function checked<S extends z.ZodType>(schema: S, found: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(found)
  if (parsed.success) return parsed.data
  throw new UsageProblem(`${what}: ${parsed.error.issues[0]?.message}`)
}
