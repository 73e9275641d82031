import { z } from 'zod'
import { NOTICE_KINDS } from './notices'

/** Which notices somebody wants: a check box for each kind, named after it, that sends "on" when ticked. */
export const NoticeChoiceSchema = z
  .record(z.string(), z.string())
  .transform((fields) => ({ wanted: NOTICE_KINDS.filter((kind) => fields[kind] === 'on') }))
