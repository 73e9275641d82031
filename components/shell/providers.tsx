'use client'

import { CSPProvider } from '@base-ui/react/csp-provider'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { ToastProvider } from '../ui/toast'

/** What every page needs around it; `nonce` is this response's CSP nonce. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" nonce={nonce} disableTransitionOnChange>
      <CSPProvider nonce={nonce} disableStyleElements>
        <ToastProvider>{children}</ToastProvider>
      </CSPProvider>
    </ThemeProvider>
  )
}
