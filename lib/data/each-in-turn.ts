/** Does one after the other, those behind a failure too; throws the first failure at the end. */
export async function eachInTurn<T>(all: readonly T[], deed: (one: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const one of all) await deed(one).catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
