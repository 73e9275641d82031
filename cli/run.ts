import { COMMANDS, chooseCommand, commandNames } from './commands'
import { readGiven } from './given'
import { helpOf, overview, PROGRAM } from './help'
import { printJson, printLines } from './output'
import { UsageProblem } from './problem'

interface Streams {
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
}

/** Does what the words say, prints the report or the problem, and answers the exit code. */
export async function run(words: readonly string[], { stdout, stderr }: Streams): Promise<0 | 1 | 2> {
  const isForProgram = words.includes('--json')
  try {
    const answer = await answerTo(words)
    if ('help' in answer) printLines(stdout, answer.help)
    else if (isForProgram) printJson(stdout, answer.json)
    else printLines(stdout, answer.lines)
    return 'failed' in answer && answer.failed ? 1 : 0
  } catch (error) {
    const { explain } = await import('./explain')
    const { lines, exitCode } = await explain(error)
    if (isForProgram) printJson(stderr, { error: lines[0] })
    else printLines(stderr, lines)
    return exitCode
  }
}

async function answerTo(words: readonly string[]) {
  const asked = words[0] === 'help' ? [...words.slice(1), '--help'] : words
  const chosen = chooseCommand(asked)
  if (!chosen) return { help: await helpWithout(asked) }
  const { command } = (await COMMANDS[chosen.name]?.()) ?? missing(chosen.name)
  const given = readGiven(command, chosen.rest)
  if (given.flag('help')) return { help: helpOf(command) }
  try {
    return await command.run(given)
  } finally {
    const { closeDatabase } = await import('@/lib/data/database')
    await closeDatabase()
  }
}

/** `gatehouse --help` and `gatehouse allowlist --help`; everything else without a command is a mistake. */
async function helpWithout(words: readonly string[]): Promise<string[]> {
  const [first, ...rest] = words.filter((word) => word !== '--json')
  const isHelp = (word: string | undefined) => word === '--help' || word === '-h'
  if (isHelp(first)) return overview()
  const isGroup = first !== undefined && commandNames(first).length > 0
  if (isGroup && isHelp(rest[0])) return overview(first)
  if (first === undefined) throw new UsageProblem(`Name a command. ${PROGRAM} --help lists them.`)
  if (isGroup) throw new UsageProblem(`Name one of: ${commandNames(first).join(', ')}.`)
  throw new UsageProblem(`There is no command "${first}". ${PROGRAM} --help lists them.`)
}

function missing(name: string): never {
  throw new Error(`The command ${name} has no file.`)
}
