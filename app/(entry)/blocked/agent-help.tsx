import { listContactsOf } from '@/lib/data/contacts'

export async function AgentHelp({ accountId }: { accountId: string }) {
  const contacts = await listContactsOf(accountId)
  return (
    <section aria-label="Whom to ask">
      <p className="font-medium">Contact your admins to get access from this network.</p>
      <ul className="mt-3 flex flex-col gap-1 text-sm">
        {contacts.map(({ name, email }) => (
          <li key={email} className="flex flex-wrap items-baseline gap-x-2">
            <span className="min-w-0 wrap-anywhere">{name}</span>
            <a
              href={`mailto:${email}`}
              className="rounded-sm py-1 font-medium text-accent-ink underline decoration-accent-line underline-offset-4 hover:decoration-current wrap-anywhere"
            >
              {email}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
