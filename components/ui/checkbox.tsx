import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './cn'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & {
  label: ReactNode
  description?: ReactNode
}

/** A native checkbox with its label and an optional line that explains it. */
export function Checkbox({ label, description, className, ...props }: CheckboxProps) {
  const id = useId()
  return (
    <div className={cn('flex gap-3', className)}>
      <input
        id={id}
        aria-describedby={description ? `${id}-description` : undefined}
        {...props}
        type="checkbox"
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <div className="min-w-0 py-px text-sm">
        <label htmlFor={props.id ?? id} className="font-medium">
          {label}
        </label>
        {description && (
          <p id={`${id}-description`} className="mt-0.5 text-muted">
            {description}
          </p>
        )}
      </div>
    </div>
  )
}
