'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ComponentProps, ReactElement, ReactNode, RefObject } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { backdropStyles, popupStyles, viewportStyles } from './dialog-styles'

interface DialogProps {
  title: string
  description?: ReactNode
  /** Controlled when given together with `onOpenChange`. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** A Button element that opens it; leave out when opened from elsewhere. */
  trigger?: ReactElement
  /** Where focus goes first; by default the first control. */
  initialFocus?: RefObject<HTMLElement | null>
  /** Where focus goes afterwards; by default back to the trigger. */
  finalFocus?: RefObject<HTMLElement | null>
  size?: 'md' | 'lg'
  /** Usually a form with DialogBody and DialogFooter. */
  children: ReactNode
}

/** A modal dialog; its close button comes last in the order of focus. It scrolls as a whole, so nothing is cut off on small screens or at high zoom. */
export function Dialog(props: DialogProps) {
  const {
    title,
    description,
    open,
    onOpenChange,
    trigger,
    initialFocus,
    finalFocus,
    size = 'md',
    children,
  } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next) => onOpenChange(next))}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={backdropStyles} />
        <Base.Viewport className={viewportStyles}>
          <Base.Popup
            initialFocus={initialFocus}
            finalFocus={finalFocus}
            className={cn(popupStyles, 'relative', size === 'lg' ? 'max-w-2xl' : 'max-w-lg')}
          >
            <div className="px-5 pt-5 pr-14 sm:pr-14 sm:pl-6">
              <Base.Title className="text-lg font-semibold wrap-anywhere">{title}</Base.Title>
              {description && (
                <Base.Description render={<div />} className="mt-1 text-sm text-muted">
                  {description}
                </Base.Description>
              )}
            </div>
            {children}
            <Base.Close
              aria-label="Close"
              className="absolute top-4 right-4 grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </Base.Close>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** Padded part of a dialog between title and footer. */
export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return <div {...props} className={cn('flex flex-col gap-5 px-5 py-5 sm:px-6', className)} />
}

/** The row of buttons: the deed first in reading order on phones, last on wide screens. */
export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      className={cn(
        'flex flex-col-reverse gap-2 rounded-b-xl border-t border-line bg-canvas px-5 py-4 sm:flex-row sm:flex-wrap sm:justify-end sm:px-6',
        className,
      )}
    />
  )
}

/** Closes the dialog around it and changes nothing. */
export function DialogCancel({ children = 'Cancel' }: { children?: ReactNode }) {
  return <Base.Close render={<Button variant="secondary" />}>{children}</Base.Close>
}
