import path from 'node:path'
import type { Page } from '@playwright/test'

/** The four ways in which every screen is looked at. */
export const LOOKS = [
  { look: 'light-wide', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { look: 'dark-wide', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { look: 'light-narrow', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { look: 'dark-narrow', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

/** Takes pictures of the page as it stands, in every look. */
export async function shoot(page: Page, name: string): Promise<void> {
  for (const { look, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(viewport)
    await page.screenshot({
      path: path.join('screenshots', `${name}-${look}.png`),
      fullPage: true,
      animations: 'disabled',
    })
  }
  await page.setViewportSize(LOOKS[0].viewport)
  await page.emulateMedia({ colorScheme: 'light' })
}
