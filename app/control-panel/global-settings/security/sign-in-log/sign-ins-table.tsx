import { Badge } from '@/components/ui/badge'
import { Breakable } from '@/components/ui/breakable'
import { ButtonLink } from '@/components/ui/button-link'
import { Mono } from '@/components/ui/mono'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import { addingPath } from '@/lib/core/allowlist-search'
import { PATHS } from '@/lib/core/paths'
import { describeReason, describeSignIn, SURFACE_WORDS } from '@/lib/core/sign-in-words'
import type { SignInLine } from '@/lib/data/sign-in-log'

export function SignInsTable({ rows }: { rows: readonly SignInLine[] }) {
  return (
    <Table caption="Attempts to sign in, latest first">
      <TableHead>
        <Th>When</Th>
        <Th>Who</Th>
        <Th>From</Th>
        <Th>Verdict</Th>
        <Th>Device</Th>
        <Th hidden>Actions</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <SignInTr key={row.id} row={row} />
        ))}
      </TableBody>
    </Table>
  )
}

function SignInTr({ row }: { row: SignInLine }) {
  const { words, tone } = describeSignIn(row)
  const ip = row.address && formatAddress(row.address)
  return (
    <Tr>
      <Td rowHeader label="When">
        <Time at={row.at} />
      </Td>
      <Td label="Who" className="@min-[60rem]/table:min-w-44">
        <Person of={row} />
      </Td>
      <Td label="From">
        {ip ? (
          <Mono className="block min-w-[15ch] text-[0.8125rem]">{ip}</Mono>
        ) : (
          <span className="text-muted">Unknown address</span>
        )}
        <span className="block text-xs text-muted">{SURFACE_WORDS[row.surface]}</span>
      </Td>
      <Td label="Verdict" className="@max-[60rem]/table:col-span-2">
        <Badge tone={tone} dot>
          {words}
        </Badge>
        <span className="mt-1 block max-w-64 text-xs text-muted wrap-anywhere">{describeReason(row)}</span>
      </Td>
      <Td label="Device" className="max-w-56 wrap-anywhere @min-[60rem]/table:min-w-24">
        {row.device}
      </Td>
      <Td wide align="right">
        <span className="flex flex-wrap justify-end gap-2 @max-[60rem]/table:justify-start">
          {row.outcome === 'refused' && row.address && (
            <ButtonLink href={addingPath({ start: row.address, end: row.address })} size="sm">
              Add this address<span className="sr-only">: {ip}</span>
            </ButtonLink>
          )}
          <ButtonLink
            href={`${PATHS.signInLog}/${row.id}`}
            size="sm"
            variant="ghost"
            className="@max-[60rem]/table:first:-ml-3"
          >
            Why?<span className="sr-only"> {whatIsAsked(row, words)}</span>
          </ButtonLink>
        </span>
      </Td>
    </Tr>
  )
}

function Person({ of: { name, email, agentId } }: { of: SignInLine }) {
  if (name)
    return (
      <>
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="block text-xs text-muted wrap-anywhere">
          <Breakable>{email}</Breakable>
        </span>
      </>
    )
  return (
    <>
      <span className="wrap-anywhere">
        <Breakable>{email}</Breakable>
      </span>
      <span className="block text-xs text-muted">
        {agentId ? 'Not in this account any more' : 'Nobody here'}
      </span>
    </>
  )
}

function whatIsAsked({ name, email, at }: SignInLine, words: string): string {
  return `${words}, ${name ?? email}, ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
