import { LogOut } from 'lucide-react'
import { SubmitButton } from '../ui/submit-button'
import { SignOutForm } from './sign-out-form'

/** The last row of the person menu. */
export function SignOutButton({ action }: { action: (data: FormData) => void | Promise<void> }) {
  return (
    <SignOutForm action={action}>
      <SubmitButton variant="ghost" size="sm" block className="h-9 justify-start gap-2.5 font-normal">
        <LogOut aria-hidden="true" className="text-muted" />
        Sign out
      </SubmitButton>
    </SignOutForm>
  )
}
