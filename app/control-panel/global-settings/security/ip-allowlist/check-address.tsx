import { CircleAlert } from 'lucide-react'
import Form from 'next/form'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { formatAddress } from '@/lib/core/address'
import type { ParsedAddress } from '@/lib/core/address-check'
import { PATHS } from '@/lib/core/paths'
import type { AddressCheck } from '@/lib/data/address-check'
import { CheckedField } from './checked-field'
import { Verdicts } from './verdicts'

const FIELD = 'check-address'
const ERROR = 'check-address-error'

interface CheckAddressProps {
  /** As it stands in the address bar; null: nothing was asked. */
  asked: string | null
  parsed: ParsedAddress | null
  check: AddressCheck | null
  /** The person's own address. */
  mine: string | null
  /** Other parts of the address, to keep: the tab, and what the list shows. */
  keep: string
}

/** "Would this address get in?": the question goes into the address bar, so an answer can be linked to. */
export function CheckAddress({ asked, parsed, check, mine, keep }: CheckAddressProps) {
  const problem = parsed && !parsed.ok ? parsed.problem : null
  const answered = check && formatAddress(check.address)
  return (
    <section aria-label="Check an address">
      <Form
        action={PATHS.ipAllowlist}
        scroll={false}
        prefetch={false}
        className="flex flex-wrap items-center gap-x-3 gap-y-2"
      >
        <label htmlFor={FIELD} className="w-full sm:w-auto">
          Would this address get in?
        </label>
        {[...new URLSearchParams(keep)].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <span className="min-w-0 flex-1 basis-40 sm:max-w-96">
          <CheckedField
            id={FIELD}
            name="check"
            value={asked ?? ''}
            placeholder="203.0.113.9"
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? ERROR : undefined}
          />
        </span>
        <Button type="submit">Check</Button>
        {mine && mine !== answered && (
          <Link href={hrefOf(mine, keep)} scroll={false} className="py-0.5 text-sm">
            Check my own
          </Link>
        )}
      </Form>
      <div role="status">
        {problem && (
          <p id={ERROR} className="mt-2 flex gap-1.5 text-sm text-danger-ink">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 wrap-anywhere">{problem}</span>
          </p>
        )}
        {check && <Verdicts check={check} />}
      </div>
    </section>
  )
}

function hrefOf(address: string, keep: string): string {
  const query = new URLSearchParams(keep)
  query.set('check', address)
  return `${PATHS.ipAllowlist}?${query}`
}
