/**
 * What the browser's tab says, the page first. It comes and goes with its page: the metadata of Next come behind it, and leave the tab
 * without a title for a moment after each click.
 */
export function TabTitle({ parts }: { parts: readonly string[] }) {
  return <title>{[...parts, 'Gatehouse'].join(' · ')}</title>
}
