import { hasMailServer } from '@/lib/server/mail-server'
import { RequestForm } from './request-form'

export default function ResetPasswordPage() {
  return <RequestForm hasMailServer={hasMailServer()} />
}
