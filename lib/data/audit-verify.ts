import { type ChainedRecord, type ChainProblem, ChainWalk } from '../core/audit-chain'
import { type Actor, requirePermitted } from '../core/permissions'
import { checkRow, countOlderRows, isRightHead } from './audit-chain'
import { database } from './database'

/** What became of an account's audit log since it was written. */
export interface Verification {
  /** Rows that are chained, as far as the log says. */
  rows: number
  /** Rows from before there was a chain, which nothing vouches for. */
  olderRows: number
  /** When the first chained row was written; null while there is none. */
  since: Date | null
  /** Where the log ends: to be noted elsewhere, and given as `noted` another time. */
  head: { sequence: number; hash: string } | null
  /** Empty for a log that is as it was written. */
  problems: ChainProblem[]
}

const BATCH = 1_000
/** What the column of numbers holds; whoever tampers can write any of them. */
const [INT_MIN, INT_MAX] = [-(2 ** 31), 2 ** 31 - 1]

/**
 * Goes through the account's audit log and names every row that was changed, taken out, cut off or put in another place.
 * `noted`: an end of the log that somebody wrote down; it must still be in it. Rows written meanwhile do no harm.
 */
export async function verifyAudit(
  actor: Actor,
  noted?: { sequence: number; hash: string },
): Promise<Verification> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { accountId } = actor
  const head = await database().auditHead.findUnique({ where: { accountId } })
  const walk = new ChainWalk(checkRow)
  const problems: ChainProblem[] = []
  let since: Date | null = null
  let isNotedThere = noted === undefined
  let rows = 0
  for await (const row of readChain(accountId, head?.sequence ?? INT_MAX)) {
    since ??= new Date(row.at)
    rows++
    walk.take(row)
    if (noted?.sequence === row.sequence) isNotedThere = noted.hash === row.hash
  }
  const { end } = walk
  if (!head && rows > 0) problems.push({ kind: 'head-missing' })
  if (head) problems.push(...compareWithHead(head, end))
  problems.push(...(head ? await findBehindHead(accountId) : []))
  const olderRows = await countOlderRows(database(), accountId)
  if (!head && rows + olderRows === 0) problems.push({ kind: 'emptied' })
  if (head && olderRows !== head.olderRows)
    problems.push({ kind: 'older-rows', expected: head.olderRows, found: olderRows })
  if (noted && !isNotedThere) problems.push({ kind: 'not-the-noted-one', sequence: noted.sequence })
  return {
    ...{ rows, olderRows, since },
    head: head && { sequence: head.sequence, hash: head.hash },
    problems: [...walk.problems(), ...problems],
  }
}

type Head = Parameters<typeof isRightHead>[0]

function compareWithHead(head: Head, end: { sequence: number; hash: string }): ChainProblem[] {
  const problems: ChainProblem[] = []
  if (end.sequence < head.sequence)
    problems.push({ kind: 'cut-off', from: end.sequence + 1, to: head.sequence })
  const isOtherEnd = end.sequence === head.sequence && end.hash !== head.hash
  if (!isRightHead(head) || isOtherEnd) problems.push({ kind: 'head-changed' })
  return problems
}

/** Rows are committed together with the head, so once the last one was read the head can't be before it. */
async function findBehindHead(accountId: string): Promise<ChainProblem[]> {
  const last = await database().auditEvent.aggregate({ where: { accountId }, _max: { sequence: true } })
  const head = await database().auditHead.findUnique({ where: { accountId } })
  const [from, to] = [(head?.sequence ?? 0) + 1, last._max.sequence ?? 0]
  return to < from ? [] : [{ kind: 'behind-head', from, to }]
}

async function* readChain(accountId: string, until: number): AsyncIterable<ChainedRecord> {
  for (let after = INT_MIN; ; ) {
    const rows = await database().auditEvent.findMany({
      where: { accountId, sequence: { gt: after, lte: until } },
      orderBy: { sequence: 'asc' },
      take: BATCH,
    })
    for (const row of rows) {
      after = row.sequence ?? after
      const { previousHash, hash } = row
      yield {
        ...row,
        sequence: after,
        previousHash: previousHash ?? '',
        hash: hash ?? '',
        at: row.at.toISOString(),
      }
    }
    if (rows.length < BATCH) return
  }
}
