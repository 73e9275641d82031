'use client'

import { createContext, type ReactNode, type RefObject, useContext, useRef, useState } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Dialog } from '@/components/ui/dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { ConsentDialog } from './consent-dialog'
import { addRangeAction, deleteRangeAction, editRangeAction, switchRangeAction } from './range-actions'
import { RangeForm, type RangeText } from './range-form'
import { useAsked } from './use-asked'

/** A range as its row knows it. */
export interface RowRange extends RangeText {
  /** "198.51.100.0/24". */
  text: string
  enabled: boolean
}

interface Desk {
  add(): void
  /** "New IP Range": gets the focus when the row that had it is gone. */
  addButton: RefObject<HTMLButtonElement | null>
  edit(range: RowRange): void
  remove(range: RowRange): void
  /** The action of the forms behind "Disable" and "Enable". */
  switchRange: (form: FormData) => void
}

const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('Only within RangeDesk.')
  return desk
}

interface RangeDeskProps {
  canAddMine: boolean
  /** The list is on and has one range: deleting it lets everyone in. */
  isLastInForce: boolean
  children: ReactNode
}

type Open = { kind: 'add' } | { kind: 'edit' | 'delete'; range: RowRange } | null

/** The dialogs of the list, once for all rows: a row may be gone when its dialog has done its work. */
export function RangeDesk({ canAddMine, isLastInForce, children }: RangeDeskProps) {
  const [open, setOpen] = useState<Open>(null)
  const [last, setLast] = useState<Open>(null)
  const focusAfter = useRef<HTMLElement | null>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(null)
  const show = (what: NonNullable<Open>) => {
    focusAfter.current = document.activeElement as HTMLElement | null
    setLast(what)
    setOpen(what)
  }
  const closeGone = () => {
    focusAfter.current = addButton.current
    close()
  }
  const switched = useAsked(switchRangeAction)
  const desk: Desk = {
    add: () => show({ kind: 'add' }),
    addButton,
    edit: (range) => show({ kind: 'edit', range }),
    remove: (range) => show({ kind: 'delete', range }),
    switchRange: switched.send,
  }
  const edited = last?.kind === 'edit' ? last.range : null
  const deleted = last?.kind === 'delete' ? last.range : null
  return (
    <DeskContext value={desk}>
      {children}
      <Dialog
        title="New IP Range"
        open={open?.kind === 'add'}
        onOpenChange={(isOpen) => isOpen || close()}
        finalFocus={focusAfter}
      >
        <RangeForm action={addRangeAction} canAddMine={canAddMine} onDone={closeGone} />
      </Dialog>
      <Dialog
        title={`Edit ${edited?.text ?? ''}`}
        open={open?.kind === 'edit'}
        onOpenChange={(isOpen) => isOpen || close()}
        finalFocus={focusAfter}
      >
        {edited && (
          <RangeForm action={editRangeAction} range={edited} canAddMine={canAddMine} onDone={close} />
        )}
      </Dialog>
      <DeleteDialog
        range={deleted}
        open={open?.kind === 'delete'}
        onClose={close}
        onDone={closeGone}
        finalFocus={focusAfter}
        {...{ canAddMine, isLastInForce }}
      />
      <ConsentDialog asked={switched} verb="save" canAddMine={canAddMine} />
    </DeskContext>
  )
}

interface DeleteDialogProps {
  range: RowRange | null
  open: boolean
  onClose: () => void
  onDone: () => void
  finalFocus: RefObject<HTMLElement | null>
  canAddMine: boolean
  isLastInForce: boolean
}

function DeleteDialog(props: DeleteDialogProps) {
  const { range, open, onClose, onDone, finalFocus, canAddMine, isLastInForce } = props
  const asked = useAsked(deleteRangeAction, { onDone })
  if (!range) return null
  const name = range.description ? `${range.text} (${range.description})` : range.text
  return (
    <>
      <AlertDialog
        title={`Delete ${name}?`}
        description={
          isLastInForce
            ? 'This is the last range. While the list is empty, everyone can sign in from anywhere, although the allowlist is on.'
            : 'People at these addresses can no longer sign in, unless another range holds them.'
        }
        open={open && !asked.isAsking}
        onOpenChange={(isOpen) => isOpen || onClose()}
        finalFocus={finalFocus}
        actions={
          <form action={asked.send}>
            <input type="hidden" name="id" value={range.id} />
            <input type="hidden" name="version" value={range.version} />
            <input type="hidden" name="consents" value={isLastInForce ? 'admits-everyone' : ''} />
            <SubmitButton variant="danger">
              {isLastInForce ? 'Delete and let everyone in' : 'Delete'}
            </SubmitButton>
          </form>
        }
      />
      <ConsentDialog asked={asked} verb="save" canAddMine={canAddMine} />
    </>
  )
}
