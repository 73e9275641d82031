'use server'

import { formatAddress } from '@/lib/core/address'
import {
  ConsentSchema,
  NewRangeSchema,
  OfferedRangeSchema,
  RangeDeletionSchema,
  RangeEditSchema,
  RangeSwitchSchema,
} from '@/lib/core/allowlist-schemas'
import { expiryInstant } from '@/lib/core/expiry'
import { formatRange } from '@/lib/core/range'
import {
  addOwnAddress,
  addRange,
  deleteRange,
  editRange,
  putOnList,
  setRangeEnabled,
} from '@/lib/data/allowlist-ranges'
import { dismissSuggestion } from '@/lib/data/range-suggestions'
import { permittedAction } from '@/lib/server/action'
import { ask, done, duplicate, EXPIRY_PAST, gone, identify, LIST_FULL, overtaken } from './answers'
import { askedOf, refreshed, whenOf } from './asking'

const PERMISSION = 'MANAGE_SECURITY'

export const addOwnAddressAction = permittedAction(
  PERMISSION,
  ConsentSchema,
  async (input, actor, current) => {
    const added = await addOwnAddress(actor, askedOf(input, current))
    const mine = actor.address ? formatAddress(actor.address) : ''
    switch (added.outcome) {
      case 'added':
        return refreshed({ status: 'done', message: `${mine} is on the list now.` })
      case 'enabled-again':
        return refreshed({ status: 'done', message: `${mine} was on the list and counts again.` })
      case 'already':
        return refreshed({ status: 'done', message: `${mine} was on the list already.` })
      case 'address-unknown':
        return { status: 'refused', message: "Gatehouse can't tell your IP address, so it can't be added." }
      case 'list-full':
        return LIST_FULL
      default:
        return ask(added.outcome, { actor, when: whenOf(current) })
    }
  },
)

export const putOnListAction = permittedAction(
  PERMISSION,
  OfferedRangeSchema,
  async (input, actor, current) => {
    const { range, description } = input
    const put = await putOnList(actor, { range, description }, askedOf(input, current))
    const text = formatRange(range)
    switch (put.outcome) {
      case 'added':
        return refreshed(done(`${text} is on the list now.`, put, actor))
      case 'enabled-again':
        return refreshed(done(`${text} was on the list and counts again.`, put, actor))
      case 'already':
        return refreshed({ status: 'done', message: `${text} was on the list already.` })
      case 'list-full':
        return LIST_FULL
      default:
        return ask(put.outcome, { actor, when: whenOf(current), range })
    }
  },
)

export const dismissSuggestionAction = permittedAction(
  PERMISSION,
  OfferedRangeSchema,
  async ({ range }, actor) => {
    await dismissSuggestion(actor, range)
    return refreshed({ status: 'done', message: `${formatRange(range)} is not suggested again.` })
  },
)

export const addRangeAction = permittedAction(PERMISSION, NewRangeSchema, async (input, actor, current) => {
  const { range, description } = input
  const now = new Date()
  const expiresAt = expiryInstant(input.expiry, null, now.getTime())
  const added = await addRange(
    actor,
    { range, description, origin: 'MANUAL', expiresAt },
    askedOf(input, current),
  )
  switch (added.outcome) {
    case 'added': {
      const covered = added.coveredBy ? ` It was already covered by ${added.coveredBy}.` : ''
      return refreshed(done(`${formatRange(range)} was added.${covered}`, added, actor))
    }
    case 'duplicate':
      return duplicate(added.existing, now)
    case 'expiry-past':
      return EXPIRY_PAST
    case 'list-full':
      return LIST_FULL
    default:
      return ask(added.outcome, { actor, when: whenOf(current), range, endsLater: expiresAt !== null })
  }
})

export const editRangeAction = permittedAction(PERMISSION, RangeEditSchema, async (input, actor, current) => {
  const { id, version, range, description, expiry } = input
  const now = new Date()
  const expiresAt = expiry.kind === 'keep' ? undefined : expiryInstant(expiry, null, now.getTime())
  const edited = await editRange(
    actor,
    { id, version, range, description, expiresAt },
    askedOf(input, current),
  )
  switch (edited.outcome) {
    case 'edited':
      return refreshed(done(`${identify({ ...range, description })} was saved.`, edited, actor))
    case 'duplicate':
      return duplicate(edited.existing, now)
    case 'expiry-past':
      return EXPIRY_PAST
    case 'gone':
      return refreshed(gone())
    case 'overtaken':
      return refreshed(overtaken(edited.current, 'saved'))
    default:
      return ask(edited.outcome, { actor, when: whenOf(current), range, endsLater: Boolean(expiresAt) })
  }
})

export const switchRangeAction = permittedAction(
  PERMISSION,
  RangeSwitchSchema,
  async (input, actor, current) => {
    const changed = await setRangeEnabled(actor, { id: input.id, enabled: input.to }, askedOf(input, current))
    switch (changed.outcome) {
      case 'enabled':
      case 'disabled':
        return refreshed(done(`${identify(changed.row)} is ${changed.outcome}.`, changed, actor))
      case 'unchanged':
        return refreshed({
          status: 'done',
          message: `${identify(changed.row)} was ${input.to ? 'enabled' : 'disabled'} already.`,
        })
      case 'gone':
        return refreshed(gone())
      default:
        return ask(changed.outcome, { actor, when: whenOf(current) })
    }
  },
)

export const deleteRangeAction = permittedAction(
  PERMISSION,
  RangeDeletionSchema,
  async (input, actor, current) => {
    const { id, version } = input
    const deleted = await deleteRange(actor, { id, version }, askedOf(input, current))
    switch (deleted.outcome) {
      case 'deleted':
        return refreshed(done(`${identify(deleted.row)} was deleted.`, deleted, actor))
      case 'gone':
        return refreshed(gone())
      case 'overtaken':
        return refreshed(overtaken(deleted.current, 'deleted'))
      default:
        return ask(deleted.outcome, { actor, when: whenOf(current) })
    }
  },
)
