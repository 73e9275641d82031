import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'

const FOLDER = fileURLToPath(new URL('../../screenshots', import.meta.url))
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

/** Takes the page as it stands in light and dark, at desktop and phone size: `screenshots/NAME-light-desktop.png` ... */
export async function shot(page: Page, name: string, { whole = true } = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      const file = path.join(FOLDER, `${name}-${colorScheme}-${size}.png`)
      await page.screenshot({ path: file, fullPage: whole, animations: 'disabled' })
    }
  await page.setViewportSize(SIZES.desktop)
}
