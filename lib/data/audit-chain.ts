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
import { isSameSecret, sign } from './secrets'

/**
 * Writes the record as the next row of its account. The head is taken first and held until the transaction ends, so that
 * writers of one account come one after the other and numbers have no gap, on SQLite and PostgreSQL alike.
 */
export async function appendToChain(tx: Transaction, record: AuditRecord): Promise<void> {
  const { accountId, at } = record
  const head = await tx.auditHead.upsert({
    where: { accountId },
    create: { accountId, sequence: 1, hash: CHAIN_BEGIN, olderRows: 0, seal: '' },
    update: { sequence: { increment: 1 } },
  })
  const { sequence } = head
  const olderRows = sequence === 1 ? await countOlderRows(tx, accountId) : head.olderRows
  const place = { sequence, previousHash: head.hash }
  const hash = hashOfRow({ ...record, ...place })
  await tx.auditEvent.create({ data: { ...record, ...place, hash, at: new Date(at) } })
  const data = { hash, olderRows, seal: sealOfHead({ accountId, sequence, hash, olderRows }) }
  await tx.auditHead.update({ where: { accountId }, data })
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
