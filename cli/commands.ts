import type { Command } from './command'

/** Every command by name, in the order of the help; loaded when needed, so that each starts quickly. */
export const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  'setup-link': () => import('./setup-link'),
  'account create': () => import('./account-create'),
  'agent create': () => import('./agent-create'),
  'agent list': () => import('./agent-list'),
  'agent reset-password': () => import('./agent-reset-password'),
  'agent reset-second-factor': () => import('./agent-reset-second-factor'),
  'allowlist show': () => import('./allowlist-show'),
  'allowlist check': () => import('./allowlist-check'),
  'allowlist on': () => import('./allowlist-on'),
  'allowlist off': () => import('./allowlist-off'),
  'allowlist add': () => import('./allowlist-add'),
  'allowlist import': () => import('./allowlist-import'),
  'allowlist remove': () => import('./allowlist-remove'),
  'audit verify': () => import('./audit-verify'),
  backup: () => import('./backup'),
  restore: () => import('./restore'),
  move: () => import('./move'),
  migrate: () => import('./migrate'),
  demo: () => import('./demo'),
}

export interface Chosen {
  name: string
  rest: readonly string[]
}

/** The command that these words begin with, or null. */
export function chooseCommand(words: readonly string[]): Chosen | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ')
    if (words.length >= length && Object.hasOwn(COMMANDS, name)) return { name, rest: words.slice(length) }
  }
  return null
}

/** The names that belong to a group such as `allowlist`; all of them for no group. */
export function commandNames(group?: string): string[] {
  const names = Object.keys(COMMANDS)
  return group === undefined ? names : names.filter((name) => name.split(' ')[0] === group)
}
