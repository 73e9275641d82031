'use client'

import type { RefObject } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import type { RowRange } from './desk'
import { ImpactPreview } from './impact-preview'
import { nameRow } from './row-name'
import { askOf } from './use-impact'

interface DisableDialogProps {
  range: RowRange | null
  open: boolean
  onClose: () => void
  onConfirm: (range: RowRange) => void
  finalFocus: RefObject<HTMLElement | null>
  canAddMine: boolean
}

/** Asks before a range is disabled that colleagues signed in from. */
export function DisableDialog(props: DisableDialogProps) {
  const { range, open, onClose, onConfirm, finalFocus, canAddMine } = props
  if (!range) return null
  return (
    <AlertDialog
      title={`Disable ${nameRow(range)}?`}
      description="It stays on the list, and lets nobody in until it is enabled again."
      open={open}
      onOpenChange={(isOpen) => isOpen || onClose()}
      finalFocus={finalFocus}
      actions={
        <Button variant="danger" onClick={() => onConfirm(range)}>
          Disable
        </Button>
      }
    >
      <ImpactPreview query={askOf('disable', { id: range.id, to: 'off' })} canAddMine={canAddMine} />
    </AlertDialog>
  )
}
