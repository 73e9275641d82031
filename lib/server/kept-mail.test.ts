import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@/scripts/testing/folders'
import { env } from '../env'
import { dropKeptMail } from './kept-mail'

const NOW = new Date('2030-06-01T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000)
const ID = '01993b2e-7c4d-7a11-8f00-0123456789ab'

test('kept mails go after ninety days, with what is left of one, and nothing else does', async () => {
  Object.assign(env(), { DATA_DIR: await temporaryFolder() })
  expect(await dropKeptMail(NOW)).toBe(0)
  const folder = path.join(env().DATA_DIR, 'mail')
  await mkdir(folder)
  const mail = (day: string) => `2030-${day}T12-00-00-000Z-${ID}.eml`
  const files: [name: string, days: number][] = [
    [mail('03-01'), 91],
    [`${mail('03-02')}.${ID}.part`, 91],
    [mail('03-05'), 89],
    ['of-the-operator.eml', 400],
    [`${mail('03-01')}.zip`, 400],
  ]
  for (const [name, days] of files) {
    await writeFile(path.join(folder, name), '')
    await utimes(path.join(folder, name), daysAgo(days), daysAgo(days))
  }
  expect(await dropKeptMail(NOW)).toBe(2)
  expect((await readdir(folder)).sort()).toEqual(
    [mail('03-05'), 'of-the-operator.eml', `${mail('03-01')}.zip`].sort(),
  )
  expect(await dropKeptMail(NOW)).toBe(0)
})
