/** Why an entry is not a range. `found` is what was typed, cut to 60 characters. */
export interface RangeProblem {
  code:
    | 'start-missing'
    | 'start-not-an-address'
    | 'end-not-an-address'
    | 'start-after-end'
    | 'mixed-families'
    | 'host-bits-set'
    | 'prefix-not-a-number'
    | 'prefix-too-long'
    | 'prefix-splits-mapped'
    | 'end-beside-block'
  field: 'start' | 'end'
  found: string
  /** What could be entered in this field instead, where that is known. */
  suggestion?: string
}

const EXAMPLE = 'Enter one like 203.0.113.7 or 2001:db8::1.'

/** One or two plain sentences for a field error, with the fix where it is known, else an example. */
export function describeRangeProblem(problem: RangeProblem): string {
  const said = whatIsWrong(problem)
  return problem.suggestion === undefined ? said : `${said} Did you mean ${problem.suggestion}?`
}

function whatIsWrong({ code, field, found, suggestion }: RangeProblem): string {
  if (isSeveral(found))
    return `${found} is more than one entry. Enter one at a time, or import a list with one a line.`
  switch (code) {
    case 'start-missing':
      return 'Enter an IP address, a CIDR block like 198.51.100.0/24, or a range like 192.0.2.1 - 192.0.2.9.'
    case 'start-not-an-address':
    case 'end-not-an-address':
      return whyNotAnAddress(found, field, suggestion !== undefined)
    case 'start-after-end':
      return field === 'end' ? 'End IP comes before Start IP.' : `${found} ends before it starts.`
    case 'mixed-families':
      return 'Start IP and End IP must both be IPv4 or both be IPv6.'
    case 'host-bits-set':
      return `${found} is not the beginning of that block.`
    case 'prefix-not-a-number':
      return `${found} needs a plain number after the slash, like 198.51.100.0/24.`
    case 'prefix-too-long':
      return `${found} has a number after the slash that is too large: up to 32 for IPv4, up to 128 for IPv6.`
    case 'prefix-splits-mapped':
      return `${found} mixes IPv6 with addresses that are IPv4 in IPv6 spelling. Enter the IPv4 block instead.`
    case 'end-beside-block':
      return 'Start IP holds a whole range already: leave End IP empty, or enter one address in each field.'
  }
}

function whyNotAnAddress(found: string, field: RangeProblem['field'], known: boolean): string {
  const said = `${found} is not an IP address`
  if (/\s/u.test(found)) return `${said}: it has a space in it.`
  if (/^\d+(\.\d+){3}$/.test(found)) {
    if (found.split('.').some((part) => Number(part) > 255)) return `${said}: each part goes from 0 to 255.`
    return `${said}: its parts must not begin with 0.`
  }
  if (field === 'end' && found.includes('/'))
    return `${said}: a block goes into Start IP, with End IP left empty.`
  if (/^\d+(\.\d+){0,2}(\/\d*)?$/.test(found)) return `${said}: it needs four parts, like 203.0.113.7.`
  if (found.includes('%')) return `${said} for a list: leave out the zone after %.`
  return known ? `${said}.` : `${said}. ${EXAMPLE}`
}

/** Addresses or blocks, and nothing else, between commas, semicolons or spaces; the last one may be cut off. */
function isSeveral(found: string): boolean {
  const entries = found.split(/[,;\s]+/).filter((entry) => entry !== '' && !entry.endsWith('…'))
  return (
    entries.length > 1 &&
    entries.every((entry) => /^(\d+(\.\d+){3}|[\da-f]*:[\da-f:.]*)(\/\d+)?$/i.test(entry))
  )
}

/** What is shown of a text that somebody typed: at most 60 characters, never half a surrogate pair. */
export function excerpt(text: string): string {
  return text.length <= 60 ? text.toWellFormed() : `${text.slice(0, 59).toWellFormed()}…`
}
