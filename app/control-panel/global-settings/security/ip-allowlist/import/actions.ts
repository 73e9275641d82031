'use server'

import { RangeImportSchema } from '@/lib/core/allowlist-schemas'
import { describeImportDone, previewImport } from '@/lib/core/import-words'
import { coversWholeFamily } from '@/lib/core/range'
import { foresee } from '@/lib/data/allowlist-impact'
import { importRanges, surveyImport } from '@/lib/data/range-import'
import { permittedAction } from '@/lib/server/action'
import { ask, done, listFull } from '../answers'
import { askedOf, refreshed, whenOf } from '../asking'
import { viewOf } from '../impact-view'

export const importRangesAction = permittedAction(
  'MANAGE_SECURITY',
  RangeImportSchema,
  async (input, actor, current) => {
    const { list, step } = input
    const { ranges } = list
    if (step === 'preview') {
      const survey = await surveyImport(actor, ranges)
      if (survey.room < 0) return listFull(survey.added.length + survey.room)
      const impact =
        survey.added.length > 0 ? await foresee(actor, { change: 'add', ranges: survey.added }) : null
      return { status: 'idle', preview: previewImport(list, survey, impact && viewOf(impact, actor)) }
    }
    const made = await importRanges(actor, ranges, askedOf(input, current))
    switch (made.outcome) {
      case 'imported':
      case 'nothing-new': {
        const { listed, expired } = made
        const added = made.outcome === 'imported' ? made.added : 0
        const message = describeImportDone({ added, listed, expired, repeated: list.repeated.length })
        return refreshed(done(message, made, actor))
      }
      case 'list-full':
        return listFull(made.room)
      default:
        return ask(made.outcome, {
          actor,
          when: whenOf(current),
          range: ranges.find(({ range }) => coversWholeFamily(range))?.range,
          endsLater: ranges.some(({ expiresAt }) => expiresAt !== null),
        })
    }
  },
)
