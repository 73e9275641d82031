import { cleanText } from './allowlist-search'

const DESCRIPTION_MAX_CHARACTERS = 200

/** What a range is called, cleaned; or why it can't be called that, in words for its field. */
export function parseDescription(
  text: string,
): { ok: true; description: string } | { ok: false; problem: string } {
  const description = cleanText(text)
  if (description.length <= DESCRIPTION_MAX_CHARACTERS) return { ok: true, description }
  const problem = `A description has at most ${DESCRIPTION_MAX_CHARACTERS} characters; this one has ${description.length}.`
  return { ok: false, problem }
}

/** The description that comes nearest to this text. */
export function cutDescription(text: string): string {
  const cut = cleanText(text).slice(0, DESCRIPTION_MAX_CHARACTERS)
  // Half a character at the end is none.
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trimEnd()
}
