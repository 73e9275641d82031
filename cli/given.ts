import { parseArgs } from 'node:util'
import { type Command, type Given, parseConfig } from './command'
import { usageOf } from './help'
import { UsageProblem } from './problem'

/** Checks words against the command. Throws UsageProblem, also for what is missing. */
export function readGiven(command: Command, words: readonly string[]): Given {
  const { values, positionals } = parse(command, words)
  if (values.help) return given(values, positionals)
  const missing = Object.entries(command.options).find(
    ([name, option]) => option.required && values[name] === undefined,
  )
  if (missing) throw new UsageProblem(`--${missing[0]} is missing. Usage: ${usageOf(command)}`)
  checkOperands(command, positionals)
  return given(values, positionals)
}

function parse(command: Command, words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: parseConfig(command),
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    const reason = (error as Error).message.split(/\. |\n/)[0]?.replace(/\.$/, '')
    throw new UsageProblem(`${reason}. Usage: ${usageOf(command)}`)
  }
}

function checkOperands(command: Command, positionals: readonly string[]): void {
  const { operands } = command
  // What stood in an empty variable of a shell; as a path it would mean the folder at hand.
  if (operands && !positionals[0])
    throw new UsageProblem(`${operands.label} is missing. Usage: ${usageOf(command)}`)
  const extra = positionals[operands?.atMost ?? 0]
  if (extra !== undefined)
    throw new UsageProblem(`"${extra}" is one word too many. Usage: ${usageOf(command)}`)
}

function given(values: Record<string, unknown>, operands: readonly string[]): Given {
  const text = (name: string) => values[name] as string | undefined
  return {
    operands,
    text,
    required: (name) => text(name) ?? '',
    flag: (name) => values[name] === true,
  }
}
