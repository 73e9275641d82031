import { LogOut } from 'lucide-react'
import { SubmitButton } from '../ui/submit-button'

/** The last row of the person menu: a form that posts to the given server action. */
export function SignOutButton({ action }: { action: (data: FormData) => void | Promise<void> }) {
  return (
    <form action={action}>
      <SubmitButton variant="ghost" size="sm" block className="h-9 justify-start gap-2.5 font-normal">
        <LogOut aria-hidden="true" className="text-muted" />
        Sign out
      </SubmitButton>
    </form>
  )
}
