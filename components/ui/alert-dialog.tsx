'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { backdropStyles, popupStyles, viewportStyles } from './dialog-styles'

interface AlertDialogProps {
  /** Names the deed and the thing, e.g. "Delete 198.51.100.0/24?" */
  title: string
  /** What will happen. */
  description: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactElement
  /** Where focus goes afterwards; false: it stays where it is. */
  finalFocus?: React.RefObject<HTMLElement | null> | false
  /** More to read or choose above the buttons. */
  children?: ReactNode
  /** The buttons that do it, one or several; forms are fine. Cancel is added. */
  actions: ReactNode
  cancelLabel?: string
}

/** Asks before a deed that is hard to undo. Focus starts on Cancel, Escape cancels, a click outside doesn't. */
export function AlertDialog(props: AlertDialogProps) {
  const { title, description, open, onOpenChange, trigger, finalFocus, children, actions, cancelLabel } =
    props
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next) => onOpenChange(next))}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop forceRender className={backdropStyles} />
        <Base.Viewport className={viewportStyles}>
          <Base.Popup initialFocus={cancel} finalFocus={finalFocus} className={cn(popupStyles, 'max-w-lg')}>
            <div className="flex flex-col gap-2 p-5 sm:p-6">
              <Base.Title className="text-lg font-semibold wrap-anywhere">{title}</Base.Title>
              <Base.Description render={<div />} className="text-base text-muted wrap-anywhere">
                {description}
              </Base.Description>
              {children && <div className="mt-3">{children}</div>}
            </div>
            <div className="flex flex-col-reverse gap-2 rounded-b-xl border-t border-line bg-canvas px-5 py-4 sm:flex-row sm:flex-wrap sm:justify-end sm:px-6 [&>form]:contents">
              <Base.Close ref={cancel} render={<Button variant="secondary" />}>
                {cancelLabel ?? 'Cancel'}
              </Base.Close>
              {actions}
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
