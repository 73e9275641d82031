import type { z } from 'zod'
import { NewRangeSchema, RangeDeletionSchema, RangeEditSchema, RangeSwitchSchema } from './allowlist-schemas'

/** The forms whose change can be looked at before it is saved, by the name of the change. */
const CHANGES = {
  add: NewRangeSchema,
  edit: RangeEditSchema,
  disable: RangeSwitchSchema,
  delete: RangeDeletionSchema,
} as const

export type AskedChange = {
  [C in keyof typeof CHANGES]: { change: C; input: z.infer<(typeof CHANGES)[C]> }
}[keyof typeof CHANGES]

/** The change that a form would make, out of its own fields and the name of the change; null while it is not complete. */
export function parseAskedChange(fields: Readonly<Record<string, string>>): AskedChange | null {
  const change = (['add', 'edit', 'disable', 'delete'] as const).find((name) => name === fields.change)
  if (!change) return null
  const parsed = CHANGES[change].safeParse(fields)
  return parsed.success ? ({ change, input: parsed.data } as AskedChange) : null
}
