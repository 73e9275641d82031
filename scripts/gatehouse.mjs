// `npm run -s gatehouse -- COMMAND`: the command in cli/, from a fresh clone too.
import { areClientsGenerated, generateClients } from './build.mjs'
import { checkNode, installPackages, isInstalled } from './install.mjs'
import { withLock } from './lock.mjs'
import { main } from './project.mjs'

await main(async () => {
  checkNode()
  if (!isInstalled() || !areClientsGenerated())
    await withLock(async () => {
      await installPackages()
      await generateClients()
    })
  const { register } = await import('tsx/esm/api')
  register()
  await import('../cli/gatehouse.ts')
})
