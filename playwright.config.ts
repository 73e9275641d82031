import { defineConfig, type LaunchOptions } from '@playwright/test'
import { findChromium } from './scripts/chromium.mjs'

const isRoot = process.getuid?.() === 0

/** Chromium that talks to the tested server and to nobody else. */
const launchOptions: LaunchOptions = {
  executablePath: (await findChromium()) ?? undefined,
  args: [
    ...(isRoot ? ['--no-sandbox'] : []),
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

export default defineConfig({
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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  projects: [
    { name: 'journeys', testMatch: '**/*.spec.ts' },
    { name: 'screenshots', testMatch: 'screenshots/*.shots.ts', timeout: 480_000 },
  ],
})
