import { type Address, parseAddress } from './address'

/** Node itself takes 16 KB of headers; a longer line is malformed. */
const LONGEST_FORWARDED_LINE = 65_536

export interface ParsedHop {
  text: string
  /** Null when the hop is not an address. */
  address: Address | null
}

/** The hops of one header line, from the right, read only as far as somebody asks. */
export function parseHops(headerName: string, line: string): Iterable<ParsedHop> {
  return headerName === 'forwarded' ? forwardedHops(line) : listedHops(line)
}

function* listedHops(line: string): Iterable<ParsedHop> {
  for (let end = line.length; end >= 0; ) {
    const comma = end === 0 ? -1 : line.lastIndexOf(',', end - 1)
    const text = withoutBlanks(line, comma + 1, end)
    yield { text, address: parseHop(text) }
    end = comma
  }
}

/** RFC 9110 §5.6.3: spaces and tabs around a list element mean nothing. */
function withoutBlanks(line: string, from: number, to: number): string {
  while (isBlank(line.charCodeAt(from))) from++
  while (isBlank(line.charCodeAt(to - 1))) to--
  return line.slice(from, to)
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

/** An address, with or without port; IPv6 with a port stands in brackets. */
function parseHop(text: string): Address | null {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)
  if (bracketed) return (bracketed[1] as string).includes(':') ? parseAddress(bracketed[1] as string) : null
  return parseAddress(/^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text)
}

/**
 * RFC 7239 §4. Quoted strings make this a language that reads from the left: a line that is malformed
 * anywhere is one hop without an address, since what its right end means can't be known.
 */
function* forwardedHops(line: string): Iterable<ParsedHop> {
  const elements = forwardedElements(line)
  if (!elements) yield { text: line, address: null }
  else for (const node of elements.reverse()) yield { text: node, address: parseNode(node) }
}

/** The `for` value of each element ('' where there is none); null for a malformed line. */
function forwardedElements(line: string): string[] | null {
  if (line.length > LONGEST_FORWARDED_LINE) return null
  const pair =
    /[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)")[ \t]*/y
  const nodes: string[] = []
  let node: string | null = null
  for (;;) {
    const match = pair.exec(line)
    if (!match) return null
    if ((match[1] as string).toLowerCase() === 'for') {
      if (node !== null) return null
      node = match[2] ?? (match[3] as string).replace(/\\(.)/g, '$1')
    }
    const next = line[pair.lastIndex++]
    if (next === ';') continue
    nodes.push(node ?? '')
    node = null
    if (next === undefined) return nodes
    if (next !== ',') return null
  }
}

/** RFC 7239 §6: IPv6 always stands in brackets; `unknown` and `_hidden` name nobody. */
function parseNode(node: string): Address | null {
  const match = /^(?:([\d.]+)|\[([\da-fA-F:.]+)\])(?::(?:\d{1,5}|_[\w.-]+))?$/.exec(node)
  return match ? parseAddress(match[1] ?? (match[2] as string)) : null
}
