import { readFileSync } from 'node:fs'
import { root } from '../project.mjs'
import { importsOf, sourcesBelow } from '../source-imports'

/** A top-level function, or a constant that holds one, with its text. */
interface Declaration {
  file: string
  name: string
  isExported: boolean
  text: string
}

const DECLARATION = /^(export )?(?:default )?(?:async )?(?:function\*?|const|class) (\w+)/

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm
const LITERAL = /'(?:[^'\\\n]|\\.)*'/g

/** The declarations of one file: each reaches to the next line that begins one. */
function declarationsOf(file: string): Declaration[] {
  const found: Declaration[] = []
  const source = readFileSync(root + file, 'utf8')
    .replace(COMMENT, '')
    .replace(LITERAL, "''")
  for (const line of source.split('\n')) {
    const [, exported, name] = DECLARATION.exec(line) ?? []
    if (name) found.push({ file, name, isExported: exported !== undefined, text: '' })
    const open = found.at(-1)
    if (open) open.text += `${line}\n`
  }
  return found
}

/** Which names of other files a file knows: `import { a, b as c } from './x'`. */
function importedNames(file: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const { file: from, text } of importsOf(file)) {
    if (!from) continue
    const source = readFileSync(root + file, 'utf8')
    for (const [, list, path] of source.matchAll(/import \{([^}]*)\} from '([^']+)'/g))
      if (path === text)
        for (const part of (list ?? '').split(',')) {
          const [, name, alias] = /^\s*(?:type )?(\w+)(?: as (\w+))?\s*$/.exec(part) ?? []
          if (name) names.set(alias ?? name, `${from} ${name}`)
        }
  }
  return names
}

/**
 * Every function of the product that changes rows, found in the source: those that data files export and that reach
 * `transact`, which every write has to go through, by whatever way; and those elsewhere that call it themselves.
 * `isAudited`: it reaches `recordAudit` as well.
 */
export function findMutations(): { key: string; isAudited: boolean }[] {
  const files = ['lib', 'cli', 'app'].flatMap(sourcesBelow).filter((file) => file.endsWith('.ts'))
  const declarations = new Map<string, Declaration>(
    files.flatMap(declarationsOf).map((one) => [`${one.file} ${one.name}`, one]),
  )
  const imported = new Map(files.map((file) => [file, importedNames(file)]))
  const callees = ({ file, name, text }: Declaration): string[] =>
    [...new Set(text.match(/\b[A-Za-z_]\w*\b/g) ?? [])]
      .filter((word) => word !== name)
      .map((word) =>
        declarations.has(`${file} ${word}`) ? `${file} ${word}` : (imported.get(file)?.get(word) ?? ''),
      )
      .filter((key) => declarations.has(key))
  const reaches = (start: string, goal: string): boolean => {
    const seen = new Set([start])
    for (const key of seen) {
      if (key === goal) return true
      const declaration = declarations.get(key)
      if (declaration) for (const callee of callees(declaration)) seen.add(callee)
    }
    return false
  }
  const changes = [...declarations].filter(([key, { file, isExported, text }]) =>
    file.startsWith('lib/data/')
      ? isExported && key !== TRANSACT && reaches(key, TRANSACT)
      : /\btransact\(/.test(text),
  )
  return changes.map(([key]) => ({ key, isAudited: reaches(key, 'lib/data/audit.ts recordAudit') }))
}

const TRANSACT = 'lib/data/database.ts transact'
