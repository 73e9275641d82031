import { type Command, EVERYWHERE, type Option } from './command'
import { COMMANDS, commandNames } from './commands'

/** How the command is typed, as everywhere in the documentation. */
export const PROGRAM = 'npm run -s gatehouse --'

/** The list of commands, or of one group. */
export async function overview(group?: string): Promise<string[]> {
  const names = commandNames(group)
  const commands = await Promise.all(names.map(async (name) => (await COMMANDS[name]?.())?.command))
  const width = Math.max(...names.map((name) => name.length))
  return [
    'Gatehouse: sign-in behind an IP allowlist.',
    '',
    `Usage: ${PROGRAM} COMMAND [OPTIONS]`,
    '',
    ...commands.map((command) => `  ${command?.name.padEnd(width)}  ${command?.about}`),
    '',
    `Add --help to a command for its options and examples: ${PROGRAM} ${names[0]} --help`,
    'Settings are environment variables or an .env file. It is safe beside a running server.',
  ]
}

/** Everything about one command. */
export function helpOf(command: Command): string[] {
  const options = { ...command.options, ...EVERYWHERE }
  const rows = Object.entries(options).map(([name, option]) => [labelOf(name, option), aboutOf(option)])
  if (command.operands) rows.unshift([command.operands.label, command.operands.about])
  const width = Math.max(...rows.map(([label]) => label?.length ?? 0))
  return [
    command.about,
    '',
    `Usage: ${usageOf(command)}`,
    '',
    ...rows.map(([label, about]) => `  ${label?.padEnd(width)}  ${about}`),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example.replace('gatehouse', PROGRAM)}`),
  ]
}

/** The command line in one line. */
export function usageOf(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) =>
    option.required ? labelOf(name, option) : `[${labelOf(name, option)}]`,
  )
  const operands = command.operands ? [command.operands.label] : []
  return [PROGRAM, command.name, ...operands, ...options].join(' ')
}

function labelOf(name: string, { value }: Option): string {
  return value ? `--${name} ${value}` : `--${name}`
}

function aboutOf({ about, required }: Option): string {
  return required ? `${about} Required.` : about
}
