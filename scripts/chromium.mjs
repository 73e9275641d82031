// Which Chromium the tests and pictures use: the system's, else Playwright's own.
import { existsSync } from 'node:fs'

/** First the one that has no windows: the same engine, and a fifth less for the processor to do. */
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** The program's path, or null when there is none yet. */
export async function findChromium() {
  const installed = [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path))
  if (installed) return installed
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}
