import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database, openUrl, transact } from '@/lib/data/database'
import { someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { commandIn, type Ran, runHere } from '@/scripts/testing/command'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { temporaryFolder } from '@/scripts/testing/folders'
import { plantSignIns } from '@/scripts/testing/log'

const SECRET = 'a secret for tests, 32 characters at least'

describe.each(TEST_DATABASES)('importing a list at the command line on %s', (kind) => {
  let folder: string
  let close = async () => {}
  let gatehouse: (words: readonly string[], stdin?: string) => Promise<Ran>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
    folder = await temporaryFolder()
    gatehouse = commandIn({ DATABASE_URL: openUrl(), AUTH_SECRET: SECRET, DATA_DIR: folder })
  })
  afterAll(() => close())

  const texts = async () =>
    (await database().range.findMany({ orderBy: { start: 'asc' } })).map((row) => row.description)

  test('says beforehand what it would do, does it, and names what it passed over', async () => {
    const ada = await someAdmin()
    const lena = await someColleague(ada, {}, 'Lena')
    await plantSignIns(ada, { at: '192.0.2.1' }, { at: '203.0.113.9', agentId: lena.agentId })
    await transact((tx) => tx.account.updateMany({ data: { allowlistEnabled: true } }))
    const file = join(folder, 'offices.csv')
    const lines = [
      'CIDR;Comment;Owner',
      '192.0.2.0/24;Büro;x',
      '198.51.100.7;"Desk; left";',
      '192.0.2.0/24;;',
    ]
    await writeFile(file, Buffer.from(lines.join('\r\n'), 'latin1'))

    const ahead = await gatehouse(['allowlist', 'import', file, '--dry-run'])
    expect(ahead).toMatchObject({ code: 0, err: '' })
    expect(ahead.out.split('\n')).toEqual([
      '2 ranges will be added. 1 line repeats an earlier one. Nothing was changed.',
      'Line 4: 192.0.2.0/24 stands in line 2 already.',
      'Columns that were not read: Owner.',
      '1 of 2 people who signed in during the last 30 days would be refused.',
      expect.stringMatching(/^Lena: 203\.0\.113\.9, 20\d\d-\d\d-\d\d$/),
      '',
    ])
    expect(await texts()).toEqual([])

    const done = await gatehouse(['allowlist', 'import', file])
    expect(done.out).toContain('2 ranges were added. 1 line repeats an earlier one.\nLine 4:')
    expect(done.out).toContain('On: sign-in only from 2 ranges.')
    expect(await texts()).toEqual(['Büro', 'Desk; left'])

    const more = '192.0.2.0/24\n203.0.113.9 # Lena\n203.0.113.7,,,2001-01-01T00:00\n'
    const piped = await gatehouse(['allowlist', 'import', '-', '--json'], more)
    expect(piped.json).toMatchObject({
      ...{ added: 1, listed: 1, expired: 1, repeated: 0, dryRun: false },
      skipped: [
        { line: 1, range: '192.0.2.0/24', why: 'is on the list already' },
        { line: 3, range: '203.0.113.7', why: 'has expired' },
      ],
      allowlist: { ranges: { total: 3 } },
    })
    expect(
      await database().range.findMany({ select: { origin: true, addedByName: true }, distinct: ['origin'] }),
    ).toEqual([{ origin: 'IMPORT', addedByName: 'Operator' }])

    const again = await gatehouse(['allowlist', 'import', '-', '--dry-run', '--json'], more)
    expect(again.json).toMatchObject({ added: 0, listed: 2, dryRun: true, impact: null })
  })

  test('changes nothing for a bad line, or for everything without --yes', async () => {
    const before = await texts()
    const bad = await gatehouse(['allowlist', 'import', '-'], '192.0.2.77\n192.0.2.1/24\n\n"x')
    expect(bad).toMatchObject({ code: 1, err: '' })
    expect(bad.out.split('\n')).toEqual([
      '2 lines can’t be read. Nothing was changed.',
      'Line 2: 192.0.2.1/24 is not the beginning of that block. Did you mean 192.0.2.0/24?',
      expect.stringMatching(/^Line 4: A quote begins here and never ends/),
      '',
    ])
    const all = await gatehouse(['allowlist', 'import', '-'], '192.0.2.77\n::/0')
    expect(all).toMatchObject({ code: 1, out: '' })
    expect(all.err).toBe(
      'Line 2: ::/0 holds every address of its kind. Add --yes if you mean it. Nothing was changed.\n',
    )
    const none = await gatehouse(['allowlist', 'import', '-'], '# Offices\n')
    expect(none).toMatchObject({ code: 1, err: 'There is no range in this list. Nothing was changed.\n' })
    expect(await texts()).toEqual(before)
    expect(await gatehouse(['allowlist', 'import', '-', '--yes'], '::/0')).toMatchObject({ code: 0 })
    expect(await texts()).toHaveLength(before.length + 1)
  })
})

test('a file that is not there, or too long, is refused before anything else', async () => {
  const nowhere = await runHere(['allowlist', 'import', '/nowhere.csv'])
  expect(nowhere).toMatchObject({ code: 1, out: '' })
  expect(nowhere.err).toBe('There is no file /nowhere.csv. Nothing was changed.\n')
  const relative = await runHere(['allowlist', 'import', 'nowhere.csv'])
  expect(relative.err).toBe(`There is no file ${join(process.cwd(), 'nowhere.csv')}. Nothing was changed.\n`)
  const folder = await runHere(['allowlist', 'import', '/'])
  expect(folder.err).toBe('/ is a folder. Name a file in it. Nothing was changed.\n')
  const long = join(await temporaryFolder(), 'long.txt')
  await writeFile(long, '\n'.repeat(100_001))
  expect((await runHere(['allowlist', 'import', long])).err).toMatch(
    /100,001 lines.* at a time\. Nothing was changed/,
  )
})
