import { Disclosure } from '@/components/ui/disclosure'
import { Mono } from '@/components/ui/mono'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import { compareStates, type Difference, describeChange, describeWay } from '@/lib/core/audit-words'
import type { AuditLine } from '@/lib/data/audit-log'

export function AuditTable({ rows }: { rows: readonly AuditLine[] }) {
  return (
    <Table caption="Changes, latest first">
      <TableHead>
        <Th>When</Th>
        <Th>What happened</Th>
        <Th>From where</Th>
        <Th align="right">Row</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td label="When" wide className="align-top">
              <Time at={row.at} />
            </Td>
            <Td rowHeader label="What happened" className="align-top">
              <span className="font-medium wrap-anywhere">{describeChange(row)}</span>
              <Differences differences={compareStates(row.before, row.after)} />
            </Td>
            <Td label="From where" className="align-top">
              {describeWay(row.via)}
              {row.address && <Mono className="block text-xs text-muted">{formatAddress(row.address)}</Mono>}
            </Td>
            <Td label="Row" align="right" className="align-top text-muted tabular-nums">
              {row.sequence ?? '–'}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

/** "Role: Agent → Admin", read out as "from Agent to Admin". */
function Differences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return null
  return (
    <ul className="mt-1 max-w-prose space-y-0.5 text-xs font-normal text-muted">
      {differences.map((difference) => (
        <li key={difference.name} className="wrap-anywhere">
          <Told difference={difference} />
        </li>
      ))}
    </ul>
  )
}

const LONG_CHARACTERS = 400

function Told({ difference: { name, before, after } }: { difference: Difference }) {
  if ((before ?? '').length + (after ?? '').length > LONG_CHARACTERS)
    return (
      <Disclosure summary={name}>
        <States before={before} after={after} />
      </Disclosure>
    )
  return (
    <>
      {name}: <States before={before} after={after} />
    </>
  )
}

function States({ before, after }: Pick<Difference, 'before' | 'after'>) {
  return (
    <>
      {before !== null && (
        <>
          <span className="sr-only">from </span>
          <span className={after === null ? undefined : 'line-through decoration-line-strong'}>{before}</span>
        </>
      )}
      {after !== null && (
        <>
          {before !== null && (
            <>
              <span aria-hidden="true"> → </span>
              <span className="sr-only"> to </span>
            </>
          )}
          <span className="text-ink">{after}</span>
        </>
      )}
    </>
  )
}
