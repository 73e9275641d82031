import type { ButtonLook } from './button-styles'
import { buttonStyles } from './button-styles'
import { cn } from './cn'
import { Link, type LinkProps } from './link'

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({ variant, size, block, className, ...props }: LinkProps & ButtonLook) {
  return <Link plain {...props} className={cn(buttonStyles({ variant, size, block }), className)} />
}
