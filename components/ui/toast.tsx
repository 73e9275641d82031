'use client'

import { Toast } from '@base-ui/react/toast'
import { CircleCheck, Info, OctagonAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'

type ToastTone = 'info' | 'success' | 'danger'

interface ToastMessage {
  title: string
  description?: string
  tone?: ToastTone
}

/** `notify({ title, description?, tone? })` shows a short message that goes away; errors stay until closed. */
export function useToast() {
  const manager = Toast.useToastManager()
  return {
    notify({ title, description, tone = 'success' }: ToastMessage) {
      const failed = tone === 'danger'
      manager.add({
        title,
        description,
        type: tone,
        timeout: failed ? 0 : 7000,
        priority: failed ? 'high' : 'low',
      })
    },
  }
}

/** Goes once around the app; toasts appear at the lower edge and can be reached with F6. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-3 z-20 flex flex-col gap-2 sm:right-6 sm:bottom-6 sm:left-auto sm:w-96">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

const icons = {
  info: <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-ink" />,
  success: <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success-ink" />,
  danger: <OctagonAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-ink" />,
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line-strong bg-raised text-sm text-ink shadow-pop transition-[opacity,translate] duration-200 ease-out data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 p-4">
        {icons[(toast.type as ToastTone | undefined) ?? 'info']}
        <div className="min-w-0 flex-1 wrap-anywhere">
          <Toast.Title render={<p />} className="font-medium" />
          <Toast.Description className="mt-0.5 text-muted" />
        </div>
        <Toast.Close
          aria-label="Dismiss"
          className="-my-1 -mr-1.5 grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
