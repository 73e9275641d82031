import { describeChainProblem } from '@/lib/core/audit-chain'
import { type AccountSummary, listAccounts, operatorOf } from '@/lib/data/accounts'
import { type Verification, verifyAudit } from '@/lib/data/audit-verify'
import { requireAccount } from './account'
import type { Command, Given, Report } from './command'
import { formatInstant } from './output'
import { UsageProblem } from './problem'
import { requireDatabase } from './ready'

export const command: Command = {
  name: 'audit verify',
  about: 'Check that no row of the audit log was changed, taken out, cut off or moved.',
  options: {
    account: { value: 'ID_OR_NAME', about: 'Which account; all of them without it.' },
    noted: {
      value: 'END',
      about: 'An end of the log as this command showed it earlier; it must still be there.',
    },
  },
  examples: ['gatehouse audit verify', 'gatehouse audit verify --account "Northwind" --json'],
  run,
}

interface Checked {
  account: AccountSummary
  result: Verification
}

async function run(given: Given): Promise<Report> {
  const noted = readNoted(given.text('noted'))
  const accounts = await chosenAccounts(given, noted !== undefined)
  const checked: Checked[] = []
  for (const account of accounts)
    checked.push({ account, result: await verifyAudit(operatorOf(account.id), noted) })
  const ok = checked.every(({ result }) => result.problems.length === 0)
  return {
    failed: !ok,
    json: { ok, accounts: checked.map(inJson) },
    lines:
      checked.length === 0
        ? ['There is no account yet, so there is no log.']
        : checked.flatMap((one) => inWords(one, checked)),
  }
}

async function chosenAccounts(given: Given, needsOne: boolean): Promise<AccountSummary[]> {
  if (given.text('account') !== undefined || needsOne) return [await requireAccount(given)]
  await requireDatabase()
  return listAccounts()
}

/** "128:mark.hash", as this command shows it. */
function readNoted(text: string | undefined) {
  if (text === undefined) return undefined
  const [, sequence, hash] = /^([1-9]\d{0,9}):([\w-]{6}\.[\w-]{43})$/.exec(text) ?? []
  if (!sequence || !hash) throw new UsageProblem('--noted: Give an end of the log as this command shows it.')
  return { sequence: Number(sequence), hash }
}

function endOf({ head }: Verification): string | null {
  return head && `${head.sequence}:${head.hash}`
}

function inJson({ account, result }: Checked) {
  const { problems, since, rows, olderRows } = result
  return {
    account: { id: account.id, name: account.name },
    ...{ ok: problems.length === 0, rows, olderRows, since, end: endOf(result) },
    problems: problems.map((problem) => ({ ...problem, says: describeChainProblem(problem) })),
  }
}

function inWords({ account, result }: Checked, all: readonly Checked[]): string[] {
  const { problems, since, rows, olderRows } = result
  const end = endOf(result)
  const isOnlyOne = all.filter((one) => one.account.name === account.name).length === 1
  const name = `"${account.name}"${isOnlyOne ? '' : ` (${account.id})`}`
  return [
    problems.length === 0
      ? `${name}: ${count(rows, 'row')}, all as written.`
      : `${name}: ${count(problems.length, 'problem')} in ${count(rows, 'row')}.`,
    ...problems.map((problem) => `  ${describeChainProblem(problem)}`),
    ...(since ? [`  Chained since ${formatInstant(since)}. Ends at ${end}`] : []),
    ...(olderRows > 0
      ? [`  ${count(olderRows, 'row')} from before there was a chain; nothing vouches for older rows.`]
      : []),
  ]
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number.toLocaleString('en')} ${noun}s`
}
