import { Search } from 'lucide-react'
import Form from 'next/form'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { AgentListing } from '@/lib/core/agent-listing'
import { PATHS } from '@/lib/core/paths'

interface AgentsFilterProps {
  listing: AgentListing
  /** What stands in the address for the order, if it isn't the usual one. */
  sort: string
}

/** Search and filters, which go into the address bar; works without scripts. */
export function AgentsFilter({ listing, sort }: AgentsFilterProps) {
  const { search, status, role } = listing
  return (
    <search>
      <Form
        key={`${search} ${status} ${role}`}
        action={PATHS.agents}
        scroll={false}
        prefetch={false}
        className="flex flex-wrap items-end gap-3"
      >
        <Field label="Search by name or e-mail" name="q" labelHidden className="min-w-0 flex-1 basis-56">
          <Input
            type="search"
            placeholder="Search by name or e-mail"
            defaultValue={search}
            autoComplete="off"
          />
        </Field>
        <Field label="Status" name="status" labelHidden className="flex-1 basis-36 sm:flex-none">
          <Select defaultValue={status ?? ''}>
            <option value="">Any status</option>
            <option value="active">Active</option>
            <option value="invited">Invited</option>
            <option value="disabled">Disabled</option>
          </Select>
        </Field>
        <Field label="Role" name="role" labelHidden className="flex-1 basis-36 sm:flex-none">
          <Select defaultValue={role?.toLowerCase() ?? ''}>
            <option value="">Any role</option>
            <option value="admin">Admin</option>
            <option value="agent">Agent</option>
          </Select>
        </Field>
        {sort && <input type="hidden" name="sort" value={sort} />}
        <span className="flex gap-2">
          <Button type="submit" variant="secondary">
            <Search aria-hidden="true" />
            Show
          </Button>
          {(search || status || role) && (
            <ButtonLink href={sort ? `${PATHS.agents}?sort=${sort}` : PATHS.agents} variant="ghost">
              Clear
            </ButtonLink>
          )}
        </span>
      </Form>
    </search>
  )
}
