// `npm test`: everything, from a fresh clone, in the order in which a failure is cheapest to find.
// `npm test -- --only unit,browser` runs the named steps (and those that they need).
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildServer, generateClients } from './build.mjs'
import { checkNode, installPackages } from './install.mjs'
import { withLock } from './lock.mjs'
import { main, root, run, Stop, TSX } from './project.mjs'
import { provision } from './provision.mjs'

const VITEST_REPORT = 'reports/vitest.json'
const BROWSER_REPORT = 'reports/playwright.json'
const MODULES = 'node_modules'

/** @typedef {{ title: string, needs?: string[], work: () => Promise<void> }} Step */
/** @type {Record<string, Step>} */
const STEPS = {
  format: {
    title: 'Format and lint',
    work: () =>
      node(
        [`${MODULES}/@biomejs/biome/bin/biome`, 'check', '--error-on-warnings'],
        'Run "npx biome check --write" for what it can put right itself.',
      ),
  },
  types: {
    title: 'Types',
    work: () =>
      node(
        [`${MODULES}/typescript/bin/tsc`, '--noEmit', '--incremental', 'false'],
        'Correct the types named above.',
      ),
  },
  programs: {
    title: 'Browser, database and proxies',
    work: () =>
      provision(['chromium', 'postgresql', 'python3', 'openssl', 'nginx', 'haproxy', 'caddy', 'faketime']),
  },
  migrations: {
    title: 'Migrations agree with the models',
    needs: ['programs'],
    work: () =>
      node(
        [...TSX, 'scripts/migration.ts', '--check'],
        'Write the missing one: npm run migration -- verb_noun',
      ),
  },
  unit: { title: 'Unit and data tests', needs: ['programs'], work: unitTests },
  build: { title: 'Build', work: () => withLock(buildServer) },
  browser: { title: 'Browser journeys', needs: ['programs', 'build'], work: browserJourneys },
}

const counts = { passed: 0, failed: 0 }

await main(async () => {
  const selected = selectedSteps()
  checkNode()
  await timed('Packages and database clients', () =>
    withLock(async () => {
      await installPackages()
      await generateClients()
    }),
  )
  rmSync(join(root, 'reports'), { recursive: true, force: true })
  mkdirSync(join(root, 'reports'))
  for (const name of selected) await timed(STEPS[name].title, STEPS[name].work)
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
})

/** Names of the steps to run, in their order. */
function selectedSteps() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const names = Object.keys(STEPS)
  if (!values.only) return names
  const wanted = values.only.split(',')
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Stop(`There is no step "${unknown.join(', ')}"; the steps are ${names.join(', ')}.`)
  const needed = new Set(wanted.flatMap((name) => [name, ...(STEPS[name].needs ?? [])]))
  return names.filter((name) => needed.has(name))
}

/** @param {string} title @param {() => Promise<void>} work */
async function timed(title, work) {
  console.log(`\n--- ${title}`)
  const startedAt = performance.now()
  await work()
  console.log(`--- ${title}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}

async function unitTests() {
  const { code } = await run(process.execPath, [
    `${MODULES}/vitest/vitest.mjs`,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${VITEST_REPORT}`,
  ])
  const report = readReport(VITEST_REPORT)
  count(report.numPassedTests, report.numFailedTests, report.numPendingTests + report.numTodoTests)
  conclude(
    code,
    'A unit or data test fails; its claim is above. One file: npx vitest run lib/core/range.test.ts',
  )
}

async function browserJourneys() {
  const { code } = await run(process.execPath, [
    `${MODULES}/@playwright/test/cli.js`,
    'test',
    '--project=journeys',
    '--project=postgresql',
    '--project=faults',
  ])
  const { stats } = readReport(BROWSER_REPORT)
  count(stats.expected, stats.unexpected + stats.flaky, stats.skipped)
  conclude(
    code,
    'A browser journey fails; see above, and test-results/ for its picture. One file: npx playwright test e2e/NAME --trace on',
  )
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'))
  } catch {
    throw new Stop(`The tests ended before they could report to ${path}; the reason is above.`)
  }
}

/**
 * A skipped test claims nothing, so it counts as a failed one.
 * @param {number} passed @param {number} failed @param {number} skipped
 */
function count(passed, failed, skipped) {
  counts.passed += passed
  counts.failed += failed + skipped
}

/** @param {number} code @param {string} sentence */
function conclude(code, sentence) {
  if (code === 0 && counts.failed === 0) return
  throw new Stop(`${sentence}\n\n${counts.passed} passed, ${Math.max(counts.failed, 1)} failed`)
}

/** @param {string[]} args @param {string} sentence */
async function node(args, sentence) {
  const { code } = await run(process.execPath, args)
  if (code !== 0) throw new Stop(sentence)
}
