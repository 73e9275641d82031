import { Prisma } from '@/prisma/generated/sqlite/client/client'

/**
 * LIKE with its wildcards taken literally. ASCII letters match whatever their case, on both databases; other letters at
 * least as they were typed, since a database may know of no capitals but A to Z (SQLite, PostgreSQL in the locale "C").
 */
export function containing(column: Prisma.Sql, text: string): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const asTyped = pattern.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  return Prisma.sql`(LOWER(${column}) LIKE ${pattern.toLowerCase()} ESCAPE '\\' OR LOWER(${column}) LIKE ${asTyped} ESCAPE '\\')`
}
