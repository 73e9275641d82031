'use client'

import type { RefObject } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { ConsentDialog } from './consent-dialog'
import type { RowRange } from './desk'
import { ImpactPreview } from './impact-preview'
import { deleteRangeAction } from './range-actions'
import { nameRow } from './row-name'
import { failureOf, useAsked } from './use-asked'
import { askOf } from './use-impact'

interface DeleteDialogProps {
  range: RowRange | null
  open: boolean
  onClose: () => void
  onDone: () => void
  finalFocus: RefObject<HTMLElement | null>
  canAddMine: boolean
  isLastInForce: boolean
}

/** Asks before a range is deleted, and says who would be refused; then why it was not deleted. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { range, open, onClose, onDone, finalFocus, canAddMine, isLastInForce } = props
  const asked = useAsked(deleteRangeAction, { onDone, showsRefusals: true })
  if (!range) return null
  const { id, version } = range
  const { isFinal = false, status } = asked.state
  const query = isLastInForce ? null : askOf('delete', { id, version: String(version) })
  return (
    <>
      <AlertDialog
        title={`Delete ${nameRow(range)}?`}
        description={isFinal ? null : isLastInForce ? LAST : ORDINARY}
        // Done, it must not open once more behind the question before its closing is heard of.
        open={open && !asked.isAsking && status !== 'done'}
        onOpenChange={(isOpen) => isOpen || onClose()}
        // The question that comes in its place has the focus.
        finalFocus={asked.isAsking ? false : finalFocus}
        cancelLabel={isFinal ? 'Close' : undefined}
        actions={
          isFinal ? null : (
            <form action={asked.send}>
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="version" value={version} />
              <input type="hidden" name="consents" value={isLastInForce ? 'admits-everyone' : ''} />
              <SubmitButton variant="danger">
                {isLastInForce ? 'Delete and let everyone in' : 'Delete'}
              </SubmitButton>
            </form>
          )
        }
      >
        <FormMessage state={failureOf(asked.state)} className="not-last:mb-4 empty:hidden" />
        {!isFinal && <ImpactPreview query={query} canAddMine={canAddMine} />}
      </AlertDialog>
      <ConsentDialog asked={asked} verb="save" canAddMine={canAddMine} finalFocus={finalFocus}>
        <ImpactPreview query={query} canAddMine={canAddMine} />
      </ConsentDialog>
    </>
  )
}

const ORDINARY = 'People at these addresses can no longer sign in, unless another range holds them.'
const LAST =
  'This is the last range. While the list is empty, everyone can sign in from anywhere, although the allowlist is on.'
