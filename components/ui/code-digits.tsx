import { Fragment } from 'react'

interface CodeDigitsProps {
  /** Digits only, e.g. "482913". */
  code: string
  /** Names the group, e.g. "Your code". */
  label: string
}

/** A short code in large digits, read out digit by digit. */
export function CodeDigits({ code, label }: CodeDigitsProps) {
  const digits = [...code].map((digit, place) => ({ digit, place }))
  const half = digits.length / 2
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form that isn't there
    <div role="group" aria-label={label} className="inline-flex items-center gap-1 sm:gap-2">
      <span className="sr-only">{digits.map(({ digit }) => digit).join(' ')}</span>
      {digits.map(({ digit, place }) => (
        <Fragment key={place}>
          {place === half && <span aria-hidden="true" className="mx-0.5 h-px w-2 bg-line-strong sm:w-3" />}
          <span
            aria-hidden="true"
            className="grid h-12 w-9 place-items-center rounded-md border border-line-strong bg-sunken font-mono text-xl font-medium tabular-nums sm:h-14 sm:w-11 sm:text-2xl"
          >
            {digit}
          </span>
        </Fragment>
      ))}
    </div>
  )
}
