'use client'

import { ChoosePasswordForm } from '@/components/shell/choose-password-form'
import { resetAction } from './actions'

export function ResetForm({ token, email }: { token: string; email: string }) {
  return (
    <ChoosePasswordForm
      action={resetAction}
      token={token}
      email={email}
      label="New password"
      button="Change password"
      pendingLabel="Changing…"
    />
  )
}
