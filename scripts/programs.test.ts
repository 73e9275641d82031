import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { compileProgram, isCompiled, programOf } from './programs.mjs'
import { root, Stop } from './project.mjs'

const FOLDER = '.programs/test-sources'
const SOURCE = `${FOLDER}/program.ts`

test('a program is compiled anew when a file that it is made from has changed, and only then', async () => {
  const write = (name: string, text: string) => writeFile(`${root}${FOLDER}/${name}`, text)
  const printed = async () =>
    (await promisify(execFile)(process.execPath, [programOf(SOURCE)], { cwd: root })).stdout
  await mkdir(root + FOLDER, { recursive: true })
  onTestFinished(() => rm(root + FOLDER, { recursive: true }))
  onTestFinished(() => rm(`${root}.programs/.programs`, { recursive: true, force: true }))
  await write('word.ts', `export const word: string = 'before'`)
  await write('program.ts', `import { word } from './word'\nconsole.log(word)`)
  expect(isCompiled(SOURCE)).toBe(false)
  await compileProgram(SOURCE)
  expect([isCompiled(SOURCE), await printed()]).toEqual([true, 'before\n'])
  await write('beside.ts', `export const other = 1`)
  expect(isCompiled(SOURCE)).toBe(true)

  await write('word.ts', `export const word: string = 'after'`)
  expect([isCompiled(SOURCE), await printed()]).toEqual([false, 'before\n'])
  await compileProgram(SOURCE)
  expect([isCompiled(SOURCE), await printed()]).toEqual([true, 'after\n'])

  await write('word.ts', `export const word: string =`)
  await expect(compileProgram(SOURCE)).rejects.toThrow(Stop)
  expect(isCompiled(SOURCE)).toBe(false)
})
