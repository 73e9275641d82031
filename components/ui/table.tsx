import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { Link } from './link'

/** Written out because `display: block` takes the implied roles away. */
const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
}

interface TableProps {
  /** Names the table; read out, and shown when `captionShown`. */
  caption: string
  captionShown?: boolean
  /** One TableHead with Th cells and one TableBody with Tr rows. */
  children: ReactNode
}

/**
 * A semantic table that turns into cards where its container is narrower than 60rem. Each Td needs `label` to be named in a card.
 */
export function Table({ caption, captionShown, children }: TableProps) {
  return (
    <div className="@container/table relative overflow-x-auto">
      <table {...roles.table} className="w-full border-collapse text-left text-sm @max-[60rem]/table:block">
        <caption
          className={captionShown ? 'px-4 py-3 text-left font-medium @max-[60rem]/table:block' : 'sr-only'}
        >
          {caption}
        </caption>
        {children}
      </table>
    </div>
  )
}

/** The header row. On narrow screens only its sort links stay visible. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead {...roles.rowgroup} className="@max-[60rem]/table:block">
      <tr
        {...roles.row}
        className="border-b border-line @max-[60rem]/table:flex @max-[60rem]/table:flex-wrap @max-[60rem]/table:gap-x-4 @max-[60rem]/table:px-4 sm:@max-[60rem]/table:px-6 @max-[60rem]/table:py-1 @max-[60rem]/table:not-has-[a]:sr-only"
      >
        {children}
      </tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody {...roles.rowgroup} className="@max-[60rem]/table:block">
      {children}
    </tbody>
  )
}

/** A body row; a card on narrow screens. */
export function Tr({ className, ...props }: ComponentProps<'tr'>) {
  return (
    <tr
      {...roles.row}
      {...props}
      className={cn(
        'border-b border-line last:border-b-0 hover:bg-canvas @max-[60rem]/table:relative @max-[60rem]/table:grid @max-[60rem]/table:grid-cols-2 @max-[60rem]/table:gap-x-4 @max-[60rem]/table:gap-y-3 @max-[60rem]/table:p-4 sm:@max-[60rem]/table:px-6',
        className,
      )}
    />
  )
}

interface ThProps {
  children: ReactNode
  align?: 'left' | 'right'
  /** For a column of buttons: named, not shown. */
  hidden?: boolean
  /** Makes the header a link that sorts; `direction` says how the column is sorted now, if it is. */
  sort?: { href: string; direction?: 'ascending' | 'descending' }
}

/** A column header. */
export function Th({ children, align = 'left', hidden, sort }: ThProps) {
  const Icon =
    sort?.direction === 'ascending' ? ArrowUp : sort?.direction === 'descending' ? ArrowDown : ChevronsUpDown
  return (
    <th
      {...roles.columnheader}
      scope="col"
      aria-sort={sort ? (sort.direction ?? 'none') : undefined}
      className={cn(
        'h-10 px-2 text-xs @min-[68rem]/table:px-3 first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6 font-medium whitespace-nowrap text-muted @max-[60rem]/table:px-0!',
        align === 'right' && 'text-right',
        !sort && '@max-[60rem]/table:sr-only',
      )}
    >
      {sort ? (
        <Link
          plain
          href={sort.href}
          scroll={false}
          className="inline-flex min-h-8 items-center gap-1 rounded-sm hover:text-ink"
        >
          {children}
          <Icon aria-hidden="true" className={cn('size-3.5', sort.direction ? 'text-ink' : 'opacity-60')} />
        </Link>
      ) : hidden ? (
        <span className="sr-only">{children}</span>
      ) : (
        children
      )}
    </th>
  )
}

type TdProps = ComponentProps<'td'> & {
  /** The column's name, shown above the value in a card. */
  label?: string
  /** The row's name: a row header, and the card's first line over its whole width. */
  rowHeader?: boolean
  /** Over the whole width of the card: for row actions and long text. */
  wide?: boolean
  align?: 'left' | 'right'
  /** For one icon button, e.g. a Menu: the card's upper right corner. */
  menu?: boolean
}

/** A cell. */
export function Td({ label, rowHeader, wide, menu, align = 'left', className, children, ...props }: TdProps) {
  const Cell = rowHeader ? 'th' : 'td'
  return (
    <Cell
      role={rowHeader ? 'rowheader' : 'cell'}
      scope={rowHeader ? 'row' : undefined}
      {...props}
      className={cn(
        'px-2 py-3 align-middle @min-[68rem]/table:px-3 font-normal first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6 @max-[60rem]/table:min-w-0 @max-[60rem]/table:p-0! @max-[60rem]/table:wrap-anywhere',
        align === 'right' && 'text-right @max-[60rem]/table:text-left',
        rowHeader && 'font-medium @max-[60rem]/table:pr-10!',
        (rowHeader || wide) && '@max-[60rem]/table:col-span-2',
        menu &&
          'w-14 py-2 text-right @max-[60rem]/table:absolute @max-[60rem]/table:top-3 @max-[60rem]/table:right-3 @max-[60rem]/table:w-auto',
        className,
      )}
    >
      {label && (
        <span
          aria-hidden="true"
          className="mb-0.5 block font-sans text-xs font-normal text-muted @min-[60rem]/table:hidden"
        >
          {label}
        </span>
      )}
      {children}
    </Cell>
  )
}
