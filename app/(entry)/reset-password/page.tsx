import type { Metadata } from 'next'
import { hasMailServer } from '@/lib/server/mail-server'
import { RequestForm } from './request-form'

export const metadata: Metadata = { title: 'Forgot your password?' }

export default function ResetPasswordPage() {
  return <RequestForm hasMailServer={hasMailServer()} />
}
