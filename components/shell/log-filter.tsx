import type { ReactNode } from 'react'
import { AddressForm } from '../ui/address-form'
import { cn } from '../ui/cn'
import { Field, type FieldProps } from '../ui/field'
import { Input } from '../ui/input'
import { Link } from '../ui/link'
import { SubmitButton } from '../ui/submit-button'

interface LogFilterProps {
  /** Path of the log. */
  action: string
  /** Changes with what the address bar says, so that the fields follow it. */
  state: string
  isFiltered: boolean
  children: ReactNode
}

/** The filter of a log: goes into the address bar, without JavaScript as well. On paper it says what the log is limited to. */
export function LogFilter({ action, state, isFiltered, children }: LogFilterProps) {
  return (
    <search className={cn('border-b border-line p-4 sm:px-6', !isFiltered && 'print:hidden')}>
      <AddressForm state={state} action={action} aria-label="Filter" noValidate>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))]">
          {children}
        </div>
        <div className="mt-4 flex items-center gap-4 print:hidden">
          <SubmitButton variant="secondary">Filter</SubmitButton>
          {isFiltered && (
            <Link href={action} scroll={false} className="py-0.5 text-sm">
              Clear filter
            </Link>
          )}
        </div>
      </AddressForm>
    </search>
  )
}

/** One field of the filter; on paper only when it limits the log. */
export function FilterField({ value, ...props }: Omit<FieldProps, 'className'> & { value: string }) {
  return <Field {...props} className={value === '' ? 'print:hidden' : undefined} />
}

interface DayFieldProps {
  label: string
  name: string
  value: string
  error?: string
}

/** One day, in UTC. What is not a day stays as it was typed. */
export function DayField({ label, name, value, error }: DayFieldProps) {
  return (
    <FilterField label={label} name={name} value={value} error={error}>
      <Input type={error ? 'text' : 'date'} defaultValue={value} className="tabular-nums" />
    </FilterField>
  )
}
