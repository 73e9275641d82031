import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const PROGRAMS = ['nginx', 'haproxy', 'caddy'] as const
export type Program = (typeof PROGRAMS)[number]

/** What a snippet is for: facing the people, behind another proxy, or sending another header. */
export const ROLES = ['edge', 'inner', 'other-header'] as const
export type Role = (typeof ROLES)[number]

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/behind-a-proxy.md', import.meta.url)), 'utf8')
const TESTED = /^<!-- tested: (\w+) ([\w-]+) -->\n```\1\n([\s\S]*?)^```$/gm

/** The names of the snippets that docs/behind-a-proxy.md calls tested, such as "nginx edge", in its order. */
export function testedSnippets(): string[] {
  return [...PAGE.matchAll(TESTED)].map(([, program, role]) => `${program} ${role}`)
}

/** How many blocks of that page are a proxy's configuration, tested or not. */
export function configurationsOnPage(): number {
  return [...PAGE.matchAll(/^```(nginx|haproxy|caddy)/gm)].length
}

/** The one snippet of that name, as it stands on the page. Throws when there is none. */
export function snippet(program: Program, role: Role): string {
  for (const [, name, part, text] of PAGE.matchAll(TESTED))
    if (name === program && part === role) return text as string
  throw new Error(`docs/behind-a-proxy.md has no tested snippet "${program} ${role}".`)
}
