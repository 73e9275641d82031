import { formatAddress } from '@/lib/core/address'
import {
  describeIdle,
  describeVerdict,
  parseAskedAddress,
  type SurfaceVerdict,
} from '@/lib/core/address-check'
import { formatRange, identifyRange } from '@/lib/core/range'
import { SURFACE_WORDS } from '@/lib/core/sign-in-words'
import { type AddressCheck, checkAddress, type NamedRange } from '@/lib/data/address-check'
import { requireOperator } from './account'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { table } from './output'
import { UsageProblem } from './problem'

export const command: Command = {
  name: 'allowlist check',
  about: 'Say whether an address would get in, and why. Changes nothing.',
  operands: { label: 'ADDRESS', about: 'One IPv4 or IPv6 address.', atMost: 1 },
  options: { account: ACCOUNT_OPTION },
  examples: ['gatehouse allowlist check 203.0.113.7', 'gatehouse allowlist check 2001:db8::1 --json'],
  run,
}

async function run(given: Given): Promise<Report> {
  const parsed = parseAskedAddress(given.operands[0] ?? '')
  if (!parsed.ok) throw new UsageProblem(parsed.problem)
  const { operator } = await requireOperator(given)
  const check = await checkAddress(operator, parsed.address)
  return { json: inJson(check), lines: inWords(check) }
}

function inWords({ address, enabled, ifOn, range, idle }: AddressCheck): string[] {
  const text = formatAddress(address)
  return [
    enabled ? `${text}:` : `${text}: gets in, since the IP Allowlist is off. If it were on:`,
    ...table(
      ['WHERE', 'VERDICT', 'WHY'],
      ifOn.map(({ surfaces, verdict }) => [
        surfaces.map((surface) => SURFACE_WORDS[surface]).join(', '),
        verdict.admit ? 'gets in' : 'refused',
        describeVerdict(verdict, range && identifyRange(range)),
      ]),
    ),
    ...idle.map((one) => describeIdle(identifyRange(one), one.state, range !== null)),
  ]
}

function inJson({ address, enabled, now, ifOn, range, idle }: AddressCheck) {
  return {
    address: formatAddress(address),
    enabled,
    now: bySurface(now),
    ifOn: bySurface(ifOn),
    range: range && rangeInJson(range),
    idle: idle.map((one) => ({ ...rangeInJson(one), state: one.state })),
  }
}

function bySurface(verdicts: readonly SurfaceVerdict[]) {
  return Object.fromEntries(
    verdicts.flatMap(({ surfaces, verdict: { admit, because } }) =>
      surfaces.map((surface) => [surface, { admit, because }]),
    ),
  )
}

function rangeInJson({ id, description, start, end }: NamedRange) {
  return { id, range: formatRange({ start, end }), description }
}
