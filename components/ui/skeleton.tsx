import { cn } from './cn'

/** A grey stand-in of the size its class names give it; silent. Put one `<Spinner label>` or status beside a group. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('h-4 animate-pulse rounded-md bg-hover', className)} />
}
