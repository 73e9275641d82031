// `npm run screenshots`: a picture of every screen, into screenshots/ (which git ignores).
import { buildServer, generateClients } from './build.mjs'
import { checkNode, installPackages } from './install.mjs'
import { withLock } from './lock.mjs'
import { main, run, Stop } from './project.mjs'
import { provision } from './provision.mjs'

await main(async () => {
  checkNode()
  await withLock(async () => {
    await installPackages()
    await generateClients()
    await buildServer()
  })
  await provision(['chromium'])
  const selection = process.argv.slice(2)
  const { code } = await run(process.execPath, [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--project=screenshots',
    ...selection,
  ])
  if (code !== 0) throw new Stop('Not every picture could be taken; the reason is above.')
})
