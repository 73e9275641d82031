import { database } from '@/lib/data/database'
import { Prisma } from '@/prisma/generated/sqlite/client/client'

/** Tables whose rows change by themselves while a server runs. */
const RESTLESS: readonly string[] = ['OutboxMail']

/** Every row that belongs to an account, whatever tables there are: to promise that none of them changed. */
export async function dumpOf(accountId: string): Promise<string> {
  const models = Object.values(Prisma.ModelName).filter((model) => !RESTLESS.includes(model))
  const rows = await Promise.all(models.map(async (model) => [model, await rowsOf(model, accountId)]))
  return JSON.stringify(rows)
}

async function rowsOf(model: Prisma.ModelName, accountId: string): Promise<unknown> {
  const column = model === 'Account' ? 'id' : 'accountId'
  const columns = Object.keys(Prisma[`${model}ScalarFieldEnum` as 'AgentScalarFieldEnum'])
  if (!columns.includes(column)) return []
  const table = database()[lowerFirst(model) as 'agent']
  return table.findMany({ where: { [column]: accountId } })
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
