import { Search } from 'lucide-react'
import { AddressForm } from '@/components/ui/address-form'
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
  const { search, status, role, factor } = listing
  return (
    <search>
      <AddressForm
        state={`${search} ${status} ${role} ${factor}`}
        action={PATHS.agents}
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
          <Select key={status} defaultValue={status ?? ''}>
            <option value="">Any status</option>
            <option value="active">Active</option>
            <option value="invited">Invited</option>
            <option value="disabled">Disabled</option>
          </Select>
        </Field>
        <Field label="Role" name="role" labelHidden className="flex-1 basis-36 sm:flex-none">
          <Select key={role} defaultValue={role?.toLowerCase() ?? ''}>
            <option value="">Any role</option>
            <option value="admin">Admin</option>
            <option value="agent">Agent</option>
          </Select>
        </Field>
        <Field label="Second factor" name="factor" labelHidden className="flex-1 basis-44 sm:flex-none">
          <Select key={factor} defaultValue={factor ?? ''}>
            <option value="">Any second factor</option>
            <option value="with">With second factor</option>
            <option value="without">Without second factor</option>
          </Select>
        </Field>
        {sort && <input type="hidden" name="sort" value={sort} />}
        <span className="flex gap-2">
          <Button type="submit" variant="secondary">
            <Search aria-hidden="true" />
            Show
          </Button>
          {(search || status || role || factor) && (
            <ButtonLink href={sort ? `${PATHS.agents}?sort=${sort}` : PATHS.agents} variant="ghost">
              Clear
            </ButtonLink>
          )}
        </span>
      </AddressForm>
    </search>
  )
}
