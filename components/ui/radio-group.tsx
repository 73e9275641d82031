import { type ReactNode, useId } from 'react'
import { cn } from './cn'

export interface RadioOption {
  value: string
  label: string
  description?: ReactNode
}

interface RadioGroupProps {
  legend: string
  name: string
  options: readonly RadioOption[]
  defaultValue?: string
  error?: string | readonly string[] | null
  legendHidden?: boolean
  /** Side by side where there is room. */
  columns?: 1 | 2
  onChange?: (value: string) => void
  className?: string
}

/** Native radios shown as cards, in a fieldset with a legend. */
export function RadioGroup(props: RadioGroupProps) {
  const { legend, name, options, defaultValue, error, legendHidden, columns = 1, onChange, className } = props
  const id = useId()
  const message = typeof error === 'string' ? error : error?.[0]
  return (
    <fieldset className={cn('min-w-0', className)} aria-describedby={message ? `${id}-error` : undefined}>
      <legend className={cn('mb-1.5 text-sm font-medium', legendHidden && 'sr-only')}>{legend}</legend>
      <div className={cn('grid gap-2', columns === 2 && 'sm:grid-cols-2')}>
        {options.map((option) => (
          <label
            key={option.value}
            className="flex cursor-pointer gap-3 rounded-md border border-line-strong bg-surface p-3 hover:border-control has-checked:border-accent-ink has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              onChange={onChange && ((event) => onChange(event.target.value))}
              aria-describedby={option.description ? `${id}-${option.value}` : undefined}
              aria-labelledby={`${id}-${option.value}-label`}
              className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0 text-sm">
              <span id={`${id}-${option.value}-label`} className="block font-medium">
                {option.label}
              </span>
              {option.description && (
                <span id={`${id}-${option.value}`} className="mt-0.5 block text-muted">
                  {option.description}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      {message && (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-danger-ink">
          {message}
        </p>
      )}
    </fieldset>
  )
}
