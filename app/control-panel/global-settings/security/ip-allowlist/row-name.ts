/** "198.51.100.0/24 (Office)": a row of the list as a question names it. */
export function nameRow({ text, description }: { text: string; description: string }): string {
  return description ? `${text} (${description})` : text
}
