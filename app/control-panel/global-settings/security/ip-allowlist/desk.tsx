'use client'

import {
  createContext,
  type ReactNode,
  type RefObject,
  startTransition,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { Dialog } from '@/components/ui/dialog'
import { ConsentDialog } from './consent-dialog'
import { DeleteDialog } from './delete-dialog'
import { DisableDialog } from './disable-dialog'
import { ImpactPreview } from './impact-preview'
import { addRangeAction, editRangeAction, switchRangeAction } from './range-actions'
import { RangeForm, type RangeText } from './range-form'
import { useAsked } from './use-asked'
import { askOf, fetchImpact } from './use-impact'

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
  /** Disables it at once, or after a question when colleagues would be refused. */
  disable(range: RowRange): void
}

const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('Only within RangeDesk.')
  return desk
}

interface RangeDeskProps {
  canAddMine: boolean
  /** The list is on. */
  isInForce: boolean
  /** The list is on and has one range: deleting it lets everyone in. */
  isLastInForce: boolean
  /** Opens "New IP Range" at once, with this in Start IP. */
  startWith?: string
  children: ReactNode
}

type Open =
  | { kind: 'add'; startWith?: string }
  | { kind: 'edit' | 'delete' | 'disable'; range: RowRange }
  | null

/** The dialogs of the list, once for all rows: a row may be gone when its dialog has done its work. */
export function RangeDesk({ canAddMine, isInForce, isLastInForce, startWith, children }: RangeDeskProps) {
  const [open, setOpen] = useState<Open>(startWith ? { kind: 'add', startWith } : null)
  const [last, setLast] = useState<Open>(null)
  const focusAfter = useRef<HTMLElement | null>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const [asked, setAsked] = useState(0)
  const close = () => {
    // Somebody else deleted the range meanwhile, and the button that opened the dialog went with its row.
    if (!focusAfter.current?.isConnected) focusAfter.current = addButton.current
    setOpen(null)
  }
  const show = (what: NonNullable<Open>) => {
    focusAfter.current = document.activeElement as HTMLElement | null
    setLast(what)
    setOpen(what)
    setAsked(asked + 1)
  }
  const closeGone = () => {
    focusAfter.current = addButton.current
    close()
  }
  const switched = useAsked(switchRangeAction)
  useEffect(() => {
    // Somebody else deleted it meanwhile, and the button that was pressed went with its row.
    if (switched.state.status === 'refused' && document.activeElement === document.body)
      addButton.current?.focus()
  }, [switched.state])
  const desk: Desk = {
    add: () => show({ kind: 'add' }),
    addButton,
    edit: (range) => show({ kind: 'edit', range }),
    remove: (range) => show({ kind: 'delete', range }),
    switchRange: switched.send,
    disable: async (range) => {
      const view = await fetchImpact(askOf('disable', { id: range.id, to: 'off' }))
      if (view && view.colleagues > 0 && isInForce) show({ kind: 'disable', range })
      else startTransition(() => switched.send(switchOff(range)))
    },
  }
  const edited = last?.kind === 'edit' ? last.range : null
  const deleted = last?.kind === 'delete' ? last.range : null
  const disabled = last?.kind === 'disable' ? last.range : null
  return (
    <DeskContext value={desk}>
      {children}
      <Dialog
        title="New IP Range"
        open={open?.kind === 'add'}
        onOpenChange={(isOpen) => isOpen || close()}
        finalFocus={focusAfter}
      >
        <RangeForm
          change="add"
          action={addRangeAction}
          canAddMine={canAddMine}
          onDone={closeGone}
          startWith={open?.kind === 'add' ? open.startWith : undefined}
        />
      </Dialog>
      <Dialog
        title={`Edit ${edited?.text ?? ''}`}
        open={open?.kind === 'edit'}
        onOpenChange={(isOpen) => isOpen || close()}
        finalFocus={focusAfter}
      >
        {edited && (
          <RangeForm
            change="edit"
            action={editRangeAction}
            range={edited}
            canAddMine={canAddMine}
            onDone={close}
          />
        )}
      </Dialog>
      <DeleteDialog
        // Asked anew, it knows nothing of an earlier refusal.
        key={asked}
        range={deleted}
        open={open?.kind === 'delete'}
        onClose={close}
        onDone={closeGone}
        finalFocus={focusAfter}
        {...{ canAddMine, isLastInForce }}
      />
      <DisableDialog
        range={disabled}
        open={open?.kind === 'disable'}
        onClose={close}
        onConfirm={(range) => {
          close()
          startTransition(() => switched.send(switchOff(range)))
        }}
        finalFocus={focusAfter}
        canAddMine={canAddMine}
      />
      <ConsentDialog asked={switched} verb="save" canAddMine={canAddMine}>
        <ImpactPreview query={askOf('disable', switched.state.values ?? {})} canAddMine={canAddMine} />
      </ConsentDialog>
    </DeskContext>
  )
}

function switchOff({ id }: RowRange): FormData {
  const form = new FormData()
  form.set('id', id)
  form.set('to', 'off')
  return form
}
