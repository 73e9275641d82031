/** Milliseconds since 1970 of an instant as either database answers it to a statement of one's own. */
export function instant(value: string | Date): number {
  return new Date(value).getTime()
}
