import NextLink from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export type LinkProps = ComponentProps<typeof NextLink> & {
  /** Without the underlined text look. */
  plain?: boolean
}

/** A link within text or lists. Doesn't prefetch, as each page is asked for with the person's rights. */
export function Link({ plain, className, ...props }: LinkProps) {
  const look =
    'rounded-sm font-medium text-accent-ink underline decoration-accent-line underline-offset-4 hover:decoration-current'
  return <NextLink prefetch={false} {...props} className={plain ? className : cn(look, className)} />
}
