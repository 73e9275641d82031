/** `npm run bench -- <suite> [options]`: each suite is a module that exports `run(options)`. */
const suites: Record<string, () => Promise<{ run(options: string[]): Promise<void> }>> = {
  lookup: () => import('./lookup'),
  rebuild: () => import('./rebuild'),
  agents: () => import('./agents'),
  impact: () => import('./impact'),
  logs: () => import('./logs'),
  page: () => import('./page'),
  http: () => import('./http'),
  'sign-in-times': () => import('./sign-in-times'),
}

const [suiteName = '', ...options] = process.argv.slice(2)
const suite = suites[suiteName]
if (!suite) {
  console.error(`No suite "${suiteName}". Run: npm run bench -- ${Object.keys(suites).join(' | ')}`)
  process.exit(1)
}
await (await suite()).run(options)

export {}
