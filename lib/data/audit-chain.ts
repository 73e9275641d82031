import {
  type AuditRecord,
  CHAIN_BEGIN,
  type ChainedRecord,
  type ChainHead,
  type OwnHash,
  textOfHead,
  textOfRow,
} from '../core/audit-chain'
import type { Transaction } from './database'
import { insertRows } from './insert-row'
import { isSameSecret, sign } from './secrets'

/**
 * Writes the records as the next rows of their account. The head is taken first and held until the transaction ends, so that
 * writers of one account come one after the other and numbers have no gap, on SQLite and PostgreSQL alike.
 */
export async function appendToChain(
  tx: Transaction,
  accountId: string,
  records: readonly AuditRecord[],
): Promise<void> {
  if (records.length === 0) return
  const head = await takeHead(tx, accountId, records.length)
  const { sequence } = head
  const first = sequence - records.length + 1
  const olderRows = first === 1 ? await countOlderRows(tx, accountId) : head.olderRows
  let { hash } = head
  const rows = records.map((record, at) => {
    const chained = { ...record, sequence: first + at, previousHash: hash }
    hash = hashOfRow(chained)
    return { ...chained, hash, at: new Date(record.at) }
  })
  await insertRows(tx, 'AuditEvent', rows)
  const seal = sealOfHead({ accountId, sequence, hash, olderRows })
  await tx.$executeRaw`
    UPDATE "AuditHead" SET "hash" = ${hash}, "olderRows" = ${olderRows}, "seal" = ${seal}
    WHERE "accountId" = ${accountId}`
}

/** The head as it was, but with the number of the last of `count` new rows; held for writing until the transaction ends. */
async function takeHead(
  tx: Transaction,
  accountId: string,
  count: number,
): Promise<Omit<ChainHead, 'accountId'>> {
  const [head] = await tx.$queryRaw<
    { sequence: number | bigint; hash: string; olderRows: number | bigint }[]
  >`
    INSERT INTO "AuditHead" ("accountId", "sequence", "hash", "olderRows", "seal")
    VALUES (${accountId}, ${count}, ${CHAIN_BEGIN}, 0, '')
    ON CONFLICT ("accountId") DO UPDATE SET "sequence" = "AuditHead"."sequence" + ${count}
    RETURNING "sequence", "hash", "olderRows"`
  if (!head) throw new Error('The database did not answer with the head of the audit log.')
  return { hash: head.hash, sequence: Number(head.sequence), olderRows: Number(head.olderRows) }
}

/** Rows of the account that were written before there was a chain. */
export function countOlderRows(tx: Pick<Transaction, 'auditEvent'>, accountId: string): Promise<number> {
  return tx.auditEvent.count({ where: { accountId, sequence: null } })
}

/** Keyed with AUTH_SECRET, and begins with a mark of that secret. */
function hashOfRow(row: Omit<ChainedRecord, 'hash'>): string {
  return `${markOfSecret()}.${sign('audit', textOfRow(row))}`
}

function sealOfHead(head: ChainHead): string {
  return sign('audit', textOfHead(head))
}

/** Tells one AUTH_SECRET from another, and nothing about it. */
function markOfSecret(): string {
  return sign('audit', 'mark').slice(0, 6)
}

/** Whether a row has the hash that it should have. */
export function checkRow(row: ChainedRecord): OwnHash {
  if (isSameSecret(row.hash, hashOfRow(row))) return 'right'
  return /^[\w-]{6}\.[\w-]{43}$/.test(row.hash) && !row.hash.startsWith(`${markOfSecret()}.`)
    ? 'other-secret'
    : 'wrong'
}

/** Whether a head is as it was written. */
export function isRightHead({ seal, ...head }: ChainHead & { seal: string }): boolean {
  return isSameSecret(seal, sealOfHead(head))
}
