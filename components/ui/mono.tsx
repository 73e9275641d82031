import { Breakable } from './breakable'
import { cn } from './cn'

/** Monospaced text, such as an address: broken between its groups, and inside one only where that does not do. */
export function Mono({ children, className }: { children: string; className?: string }) {
  return (
    <span className={cn('font-mono wrap-anywhere', className)}>
      <Breakable>{children}</Breakable>
    </span>
  )
}
