import { parseAddress } from './address'

/** What a column of a list of ranges holds. `start` may hold a whole range. */
export type RangeColumn = 'start' | 'end' | 'description' | 'expires'

export type RangeCells = Record<RangeColumn, string>

const NAMES: Readonly<Record<RangeColumn, readonly string[]>> = {
  start: [
    ...['start', 'startip', 'startaddress', 'from', 'first', 'firstip', 'firstaddress'],
    ...['ip', 'ips', 'ipaddress', 'ipaddresses', 'ipv4', 'ipv6', 'ipv4address', 'ipv6address', 'address'],
    ...['range', 'iprange', 'ipranges', 'cidr', 'cidrs', 'cidrblock', 'ipcidr', 'ipaddresscidr', 'block'],
    ...['ipaddressorcidr', 'network', 'subnet', 'allowlistvalue', 'value', 'entry'],
  ],
  end: ['end', 'endip', 'endaddress', 'to', 'last', 'lastip', 'lastaddress'],
  description: ['description', 'comment', 'comments', 'name', 'label', 'note', 'notes', 'title'],
  expires: [
    'expires',
    'expiresat',
    'expiry',
    'expiration',
    'expirationdate',
    'deleteafterdate',
    'validuntil',
  ],
}

const COLUMNS = new Map(
  Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column as RangeColumn])),
)

/** Which column of a list is at which place, and what is in none of them. */
export interface Header {
  places: Partial<Record<RangeColumn, number>>
  /** Names of columns that mean nothing here. */
  ignored: string[]
}

/** The header that these cells are, or null: they name a column of addresses, and hold no address or number themselves. */
export function parseHeader(cells: readonly string[]): Header | null {
  const header: Header = { places: {}, ignored: [] }
  cells.forEach((cell, at) => {
    const column = COLUMNS.get(cell.toLowerCase().replace(/[^a-z0-9]/g, ''))
    if (column && header.places[column] === undefined) header.places[column] = at
    else if (cell !== '') header.ignored.push(cell)
  })
  const isData = cells.some((cell) => /^\d|:|[./]\d/.test(cell))
  return header.places.start === undefined || isData ? null : header
}

/** The cells of a record below a header. */
export function cellsBelow({ places }: Header, cells: readonly string[]): RangeCells {
  const at = (column: RangeColumn) => cells[places[column] ?? -1] ?? ''
  return { start: at('start'), end: at('end'), description: at('description'), expires: at('expires') }
}

/**
 * The cells of a record of a list without header: `start,end,description,expires`, or `range,description,expires` where what
 * stands in the place of the end can't be meant as one. Null: there are more cells than that.
 */
export function cellsInOrder(cells: readonly string[]): (RangeCells & { isEndGuessed: boolean }) | null {
  const [start = '', second = '', ...rest] = cells
  const hasEnd = second === '' || isMeantAsAddress(second)
  const [description = '', expires = '', ...more] = hasEnd ? rest : [second, ...rest]
  if (more.some((cell) => cell !== '')) return null
  return { start, end: hasEnd ? second : '', description, expires, isEndGuessed: hasEnd && second !== '' }
}

/** An address, or something so near to one that taking it for a description would lose what was meant. */
function isMeantAsAddress(cell: string): boolean {
  if (parseAddress(cell)) return true
  const text = cell.normalize('NFKC')
  return /\d/.test(text) && !/\s/.test(text) && /^[\d.]+$|\..*\.|:.*:/.test(text)
}
