// Makes both Prisma clients out of prisma/models.prisma, without Prisma's engine download.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const models = readFileSync(`${root}prisma/models.prisma`, 'utf8')

const header = (provider) => `generator client {
  provider = "prisma-client"
  output   = "./client"
  moduleFormat = "esm"
}

datasource db {
  provider = "${provider}"
}

`

for (const provider of ['sqlite', 'postgresql']) {
  const folder = `${root}prisma/generated/${provider}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/schema.prisma`, header(provider) + models)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`${root}node_modules/prisma/build/index.js`, 'generate', '--no-hints', '--schema', `${folder}/schema.prisma`],
    // `generate` asks for the engine's path but never runs it.
    { cwd: root, encoding: 'utf8', env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' } },
  )
  if (status !== 0) {
    console.error(stdout, stderr)
    console.error(`Gatehouse could not generate its database client for ${provider}; the reason is above.`)
    process.exit(1)
  }
}
