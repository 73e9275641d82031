// `npm start`: from a fresh clone, or any later state of it, to a running production server.
import { buildServer, generateClients, isBuilt } from './build.mjs'
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
    if (isBuilt()) return
    await requireFreePort(await prepare('check'))
    await buildServer()
  })
  const settings = await prepare('migrate')
  await requireFreePort(settings)
  console.log(`Serving ${settings.APP_URL} (stop with Ctrl+C) ...`)
  await serve('start', settings)
})
