import { defineConfig, type LaunchOptions } from '@playwright/test'
import type { DatabaseKind } from './e2e/fixtures/databases'
import { findChromium } from './scripts/chromium.mjs'

const isRoot = process.getuid?.() === 0

/** Chromium that talks to the tested server and to nobody else. */
const launchOptions: LaunchOptions = {
  executablePath: (await findChromium()) ?? undefined,
  args: [
    ...(isRoot ? ['--no-sandbox'] : []),
    // There is none; Debian's default is to draw with one that is made of software.
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-sync',
    '--no-first-run',
    '--no-pings',
    '--metrics-recording-only',
    '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication',
  ],
}

/** The journeys that are walked on PostgreSQL as well. */
const MAIN = [
  'setup',
  'sign-in',
  'lock-out',
  'way-back',
  'enforcing',
  'every-request',
  'agents',
  'permissions',
  'mobile',
]

export default defineConfig<object, { database: DatabaseKind }>({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'reports/playwright.json' }]],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Recording makes everything an eighth slower; a failed journey is run again with `--trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'journeys', testMatch: '**/*.spec.ts', testIgnore: 'faults/**' },
    {
      name: 'postgresql',
      testMatch: MAIN.map((name) => `journeys/${name}.spec.ts`),
      use: { database: 'postgresql' },
    },
    { name: 'faults', testMatch: 'faults/*.spec.ts' },
    { name: 'screenshots', testMatch: 'screenshots/*.shots.ts', timeout: 480_000 },
  ],
})
