/** A place in a log that is read from its latest row on: an instant, and the id that tells rows of that instant apart. */
export interface LogPlace {
  at: Date
  id: string
}

/** The part of a log that a page shows: what comes behind a place, or what comes before it; else the latest rows. */
export interface LogPart {
  older?: LogPlace
  newer?: LogPlace
}

export const LOG_ROWS_PER_PAGE = 50

/** Reads a place as it stands in the address bar; what makes no sense there is no place. */
export function parsePlace(text: string): LogPlace | undefined {
  const [, ms, id] = /^(\d{1,14})\.([0-9a-f-]{36})$/.exec(text) ?? []
  return ms && id ? { at: new Date(Number(ms)), id } : undefined
}

export function formatPlace({ at, id }: LogPlace): string {
  return `${at.getTime()}.${id}`
}

type Query = Readonly<Record<string, string | string[] | undefined>>

/** One parameter of an address: its first value as one clean line, cut, or "". */
export function parameter(query: Query, name: string): string {
  const value = query[name]
  const text = (Array.isArray(value) ? value[0] : value) ?? ''
  return text
    .slice(0, 400)
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

export function parsePart(query: Query): LogPart {
  const older = parsePlace(parameter(query, 'older'))
  if (older) return { older }
  const newer = parsePlace(parameter(query, 'newer'))
  return newer ? { newer } : {}
}

/** The filter as it stands in an address: "" or "?person=ana&ip=..."; empty fields are left out. */
export function formatFields(fields: Readonly<Record<string, string>>): string {
  const given = new URLSearchParams(givenFields(fields))
  return given.size > 0 ? `?${given}` : ''
}

/** The fields that something was typed into. */
export function givenFields(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
