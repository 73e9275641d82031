import type { ParseArgsConfig } from 'node:util'

/** One option of a command: `--name VALUE`, or `--name` alone when there is no value to give. */
export interface Option {
  value?: string
  about: string
  required?: boolean
}

/** What a command answers: one value for programs, sentences for people. */
export interface Report {
  json: unknown
  lines: readonly string[]
  /** What was looked at is not as it should be: exit code 1, with the report all the same. */
  failed?: boolean
}

/** One verb of `gatehouse`: everything its help says, and the deed. */
export interface Command {
  name: string
  about: string
  /** Words after the command, such as `RANGE...`; without it there may be none. */
  operands?: { label: string; about: string; atMost: number }
  options: Readonly<Record<string, Option>>
  examples: readonly string[]
  run(given: Given): Promise<Report>
}

/** What was given on the command line, already checked against the command's options. */
export interface Given {
  operands: readonly string[]
  /** The value of an option that has one, or undefined. */
  text(name: string): string | undefined
  /** The value of a required option. */
  required(name: string): string
  flag(name: string): boolean
}

export const ACCOUNT_OPTION: Option = {
  value: 'ID_OR_NAME',
  about: 'Which account; needed when there are several.',
}

export const EVERYWHERE: Readonly<Record<string, Option>> = {
  json: { about: 'Answer one JSON value, for programs.' },
  help: { about: 'Show this help.' },
}

/** The command's options as node:util's parseArgs takes them. */
export function parseConfig(command: Command): NonNullable<ParseArgsConfig['options']> {
  const options = { ...command.options, ...EVERYWHERE }
  return Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      {
        type: value ? ('string' as const) : ('boolean' as const),
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  )
}
