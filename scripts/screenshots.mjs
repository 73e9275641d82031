// `npm run screenshots`: a picture of every screen, into screenshots/ (which git ignores). With `--readme`, those that
// the README shows are renewed as well.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildServer, generateClients } from './build.mjs'
import { checkNode, installPackages } from './install.mjs'
import { withLock } from './lock.mjs'
import { main, root, run, Stop } from './project.mjs'
import { provision } from './provision.mjs'

/** The pictures in docs/pictures, and which of the screenshots each is. */
const README_PICTURES = {
  'ip-allowlist': 'allowlist-on-light-desktop',
  'lock-out': 'lock-out-dark-desktop',
  'way-back': 'blocked-admin-sent-light-desktop',
}

await main(async () => {
  checkNode()
  await withLock(async () => {
    await installPackages()
    await generateClients()
    await buildServer()
  })
  await provision(['chromium'])
  const isForReadme = process.argv.includes('--readme')
  const selection = process.argv.slice(2).filter((word) => word !== '--readme')
  const { code } = await run(process.execPath, [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--project=screenshots',
    ...selection,
  ])
  if (code !== 0) throw new Stop('Not every picture could be taken; the reason is above.')
  if (!isForReadme) return
  for (const [name, shot] of Object.entries(README_PICTURES))
    copyFileSync(join(root, `screenshots/${shot}.png`), join(root, `docs/pictures/${name}.png`))
})
