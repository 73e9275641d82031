/** One row of the audit log as its hash covers it: all that is stored, `at` as ISO text. */
export interface AuditRecord {
  id: string
  accountId: string
  action: string
  actorId: string | null
  actorName: string
  via: string
  subjectType: string
  subjectId: string
  subjectName: string
  before: string | null
  after: string | null
  address: string | null
  at: string
}

/** A row with its place in the account's chain: numbered from 1 without a gap, each holding the hash before it. */
export interface ChainedRecord extends AuditRecord {
  sequence: number
  previousHash: string
  hash: string
}

/** Where a chain ends, and how many rows the account had before it began. */
export interface ChainHead {
  accountId: string
  sequence: number
  hash: string
  olderRows: number
}

/** What stands before the first row of a chain. */
export const CHAIN_BEGIN = ''

/** What the hash of a row covers. JSON tells every field from its neighbours, and null from "". */
export function textOfRow(row: Omit<ChainedRecord, 'hash'>): string {
  return JSON.stringify([
    ...['row', row.accountId, row.sequence, row.previousHash, row.id, row.action, row.actorId, row.actorName],
    ...[row.via, row.subjectType, row.subjectId, row.subjectName, row.before, row.after, row.address, row.at],
  ])
}

/** What the seal of a head covers. */
export function textOfHead({ accountId, sequence, hash, olderRows }: ChainHead): string {
  return JSON.stringify(['head', accountId, sequence, hash, olderRows])
}

export type ChainProblem =
  /** The row, or its hash, is not what was written. */
  | { kind: 'changed'; sequence: number; id: string }
  /** Unchanged but for its number: rows were put in another order. */
  | { kind: 'moved'; sequence: number; id: string; writtenAs: number }
  /** Two rows, each as it was written, of which the second was not written after the first. */
  | { kind: 'parted'; sequence: number; id: string }
  | { kind: 'missing'; from: number; to: number }
  | { kind: 'cut-off'; from: number; to: number }
  | { kind: 'behind-head'; from: number; to: number }
  | { kind: 'other-secret'; from: number; to: number }
  | { kind: 'older-rows'; expected: number; found: number }
  | { kind: 'head-missing' }
  /** No row and no head, though an account's first row is written when it is made. */
  | { kind: 'emptied' }
  | { kind: 'head-changed' }
  | { kind: 'not-the-noted-one'; sequence: number }

/** How a row's own hash turned out. */
export type OwnHash = 'right' | 'wrong' | 'other-secret'

/** Up to how many rows that are not as written are tried in each other's place. */
const TRIED_MAX = 60

/**
 * Follows one chain, row by row in the order of their numbers, and names what is wrong with it. `check` says whether the
 * hash of a row is the one that this row should have.
 */
export class ChainWalk {
  private readonly found: ChainProblem[] = []
  private readonly wrong: ChainedRecord[] = []
  private last: { sequence: number; hash: string; isRight: boolean } = {
    sequence: 0,
    hash: CHAIN_BEGIN,
    isRight: true,
  }

  constructor(private readonly check: (row: ChainedRecord) => OwnHash) {}

  /** The number and hash of the row that came last. */
  get end(): { sequence: number; hash: string } {
    return this.last
  }

  take(row: ChainedRecord): void {
    const { sequence, previousHash, hash, id } = row
    const isNext = sequence === this.last.sequence + 1
    if (!isNext) this.found.push({ kind: 'missing', from: this.last.sequence + 1, to: sequence - 1 })
    const own = this.check(row)
    if (own === 'wrong') this.wrong.push(row)
    if (own === 'other-secret') this.addToOtherSecret(sequence)
    if (own === 'right' && isNext && this.last.isRight && previousHash !== this.last.hash)
      this.found.push({ kind: 'parted', sequence, id })
    this.last = { sequence, hash, isRight: own !== 'wrong' }
  }

  /** Everything that is wrong between the first row and the last one taken, by number. */
  problems(): ChainProblem[] {
    const places = this.wrong.length <= TRIED_MAX ? this.placesInDoubt() : []
    const named = this.wrong.map((row) => this.nameWrong(row, places))
    return [...this.found, ...named].sort((a, b) => placeOf(a) - placeOf(b))
  }

  private addToOtherSecret(sequence: number): void {
    const open = this.found.at(-1)
    if (open?.kind === 'other-secret' && open.to === sequence - 1) open.to = sequence
    else this.found.push({ kind: 'other-secret', from: sequence, to: sequence })
  }

  /** Numbers that a wrong row may have been written under: those of the others, and those that nobody has. */
  private placesInDoubt(): number[] {
    const missing = this.found.flatMap((problem) =>
      problem.kind === 'missing'
        ? Array.from(
            { length: Math.min(TRIED_MAX, problem.to - problem.from + 1) },
            (_, at) => problem.from + at,
          )
        : [],
    )
    return [...this.wrong.map(({ sequence }) => sequence), ...missing.slice(0, TRIED_MAX)]
  }

  private nameWrong(row: ChainedRecord, places: readonly number[]): ChainProblem {
    const { sequence, id } = row
    const writtenAs = places.find(
      (place) => place !== sequence && this.check({ ...row, sequence: place }) === 'right',
    )
    return writtenAs === undefined
      ? { kind: 'changed', sequence, id }
      : { kind: 'moved', sequence, id, writtenAs }
  }
}

function placeOf(problem: ChainProblem): number {
  if ('sequence' in problem) return problem.sequence
  return 'from' in problem ? problem.from : 0
}

/** One sentence for one problem. */
export function describeChainProblem(problem: ChainProblem): string {
  switch (problem.kind) {
    case 'changed':
      return `Row ${problem.sequence} (${problem.id}) is not as it was written.`
    case 'moved':
      return `Row ${problem.sequence} (${problem.id}) was written as row ${problem.writtenAs}: rows were reordered.`
    case 'parted':
      return `Row ${problem.sequence} (${problem.id}) was not written after the row that stands before it.`
    case 'missing':
      return `${rows(problem)} missing.`
    case 'cut-off':
      return `${rows(problem)} missing: the end of the log was cut off.`
    case 'behind-head':
      return `${rows(problem)} behind the end of the log: not written by Gatehouse, or the end was put back.`
    case 'other-secret':
      return `${rows(problem)} written with another AUTH_SECRET, so nobody can tell whether ${problem.from === problem.to ? 'it was' : 'they were'} changed.`
    case 'older-rows':
      return `${problem.found} rows stand before the first one that is chained; there were ${problem.expected}.`
    case 'head-missing':
      return 'The note of where the log ends is missing.'
    case 'emptied':
      return 'Nothing is left of the log, which begins when the account is made.'
    case 'head-changed':
      return 'The note of where the log ends is not as it was written.'
    case 'not-the-noted-one':
      return `Row ${problem.sequence} is not the one that was noted: the log is another, or was put back.`
  }
}

function rows({ from, to }: { from: number; to: number }): string {
  return from === to ? `Row ${from} is` : `Rows ${from} to ${to} are`
}
