import { Fragment } from 'react'

/** Text that is broken after a colon or before an @ where it has to be: an address, or an e-mail address. */
export function Breakable({ children }: { children: string }) {
  return children.split(/(?<=:)(?!:|$)|(?=@)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, in its order
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
