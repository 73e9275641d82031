// Makes both Prisma clients out of prisma/models.prisma, without Prisma's engine download.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DATABASE_KINDS, schemaFor } from './schema.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

for (const kind of DATABASE_KINDS) {
  const folder = `${root}prisma/generated/${kind}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/schema.prisma`, schemaFor(kind))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      `${root}node_modules/prisma/build/index.js`,
      'generate',
      '--no-hints',
      '--schema',
      `${folder}/schema.prisma`,
    ],
    {
      cwd: root,
      encoding: 'utf8',
      // `generate` asks for the engine's path but never runs it.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    },
  )
  if (status !== 0) {
    console.error(stdout, stderr)
    console.error(`Gatehouse could not generate its database client for ${kind}; the reason is above.`)
    process.exit(1)
  }
}
