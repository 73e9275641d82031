// What an image runs: everything is installed and built already, and nothing but DATA_DIR may be written to.
import { checkNode } from './install.mjs'
import { main } from './project.mjs'
import { prepare, requireFreePort, serve } from './serve.mjs'

await main(async () => {
  checkNode()
  const settings = await prepare('migrate')
  await requireFreePort(settings)
  console.log(`Serving ${settings.APP_URL} ...`)
  await serve('start', settings)
})
