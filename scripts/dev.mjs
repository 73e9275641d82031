// `npm run dev`: the server that follows changes of the sources.
import { generateClients } from './build.mjs'
import { checkNode, installPackages } from './install.mjs'
import { withLock } from './lock.mjs'
import { compilePrograms } from './programs.mjs'
import { main } from './project.mjs'
import { prepare, requireFreePort, serve } from './serve.mjs'

await main(async () => {
  checkNode()
  await withLock(async () => {
    await installPackages()
    await generateClients()
    await compilePrograms()
  })
  const settings = await prepare('migrate')
  await requireFreePort(settings)
  await serve('dev', settings)
})
