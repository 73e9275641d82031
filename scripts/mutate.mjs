// `npm run mutate [module ...]`: how many small changes to lib/core the tests notice, module by module.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync } from 'node:fs'

const MODULES = ['address', 'range', 'client-address', 'allowlist', 'lookup']
/** Tests, and what belongs to the screens, as lib/core's allowlist-*.ts does. */
const APART = ['*.test.ts', 'client-address-words.ts', 'address-check.ts', 'address-warnings.ts'].map(
  (name) => `!lib/core/${name}`,
)
const parts = (name) => (name === 'allowlist' ? [name] : [name, `${name}-*`])
const LEAST_PERCENT = 95

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !MODULES.includes(name))
if (unknown) throw new Error(`No module "${unknown}": ${MODULES.join(', ')}`)

const total = { noticed: 0, all: 0 }
for (const name of asked.length > 0 ? asked : MODULES) {
  const files = [...parts(name).map((part) => `lib/core/${part}.ts`), ...APART].join()
  const env = { ...process.env, MUTATED: name }
  spawnSync('npx', ['stryker', 'run', '--mutate', files], { env, stdio: 'inherit' })
  mkdirSync('reports/mutation', { recursive: true })
  const report = `reports/mutation/${name}.json`
  renameSync('reports/mutation/mutation.json', report)
  const mutants = Object.values(JSON.parse(readFileSync(report, 'utf8')).files).flatMap(
    (file) => file.mutants,
  )
  const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
  const missed = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length
  total.noticed += noticed
  total.all += noticed + missed
  console.log(`${name}: ${percent(noticed, noticed + missed)} % of ${noticed + missed} changes noticed`)
}
console.log(`all: ${percent(total.noticed, total.all)} % of ${total.all}`)
if (100 * total.noticed < LEAST_PERCENT * total.all) process.exit(1)

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return ((100 * part) / whole).toFixed(1)
}
