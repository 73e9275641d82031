// `npm run -s gatehouse -- COMMAND`: the command in cli/, from a fresh clone too.
import { areClientsGenerated, generateClients } from './build.mjs'
import { checkNode, installPackages, isInstalled } from './install.mjs'
import { withLock } from './lock.mjs'
import { compilePrograms, GATEHOUSE, isCompiled, programOf } from './programs.mjs'
import { main } from './project.mjs'

await main(async () => {
  checkNode()
  if (!isInstalled() || !areClientsGenerated() || !isCompiled(GATEHOUSE))
    await withLock(async () => {
      await installPackages()
      await generateClients()
      await compilePrograms()
    })
  process.setSourceMapsEnabled(true)
  await import(`../${programOf(GATEHOUSE)}`)
})
