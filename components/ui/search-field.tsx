import { Search } from 'lucide-react'
import { useId } from 'react'
import { AddressForm } from './address-form'
import { cn } from './cn'
import { controlStyles } from './control-styles'
import { Link } from './link'

interface SearchFieldProps {
  /** Accessible name, also the placeholder. */
  label: string
  /** Path that the search goes to. */
  action: string
  name?: string
  defaultValue?: string
  /** Other parts of the address to keep. */
  keep?: Readonly<Record<string, string | undefined>>
  /** Where "Clear" leads while there is a search. */
  clearHref?: string
  className?: string
}

/** A search that goes into the address bar with Enter, without JavaScript as well. */
export function SearchField(props: SearchFieldProps) {
  const { label, action, name = 'q', defaultValue, keep = {}, clearHref, className } = props
  const id = useId()
  return (
    <search className={cn('flex w-full items-center sm:max-w-xs gap-3', className)}>
      <AddressForm action={action} state={defaultValue ?? ''} className="relative flex-1">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Search aria-hidden="true" className="pointer-events-none absolute top-3 left-3 size-4 text-muted" />
        <input
          id={id}
          type="search"
          name={name}
          defaultValue={defaultValue}
          placeholder={label}
          autoComplete="off"
          className={cn(controlStyles, 'h-10 pl-9 text-sm')}
        />
        {Object.entries(keep).map(([key, value]) =>
          value === undefined ? null : <input key={key} type="hidden" name={key} value={value} />,
        )}
      </AddressForm>
      {defaultValue && clearHref && (
        <Link href={clearHref} scroll={false} className="py-0.5 text-sm">
          Clear<span className="sr-only"> search</span>
        </Link>
      )}
    </search>
  )
}
