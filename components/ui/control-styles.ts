/** Looks shared by every text control. */
export const controlStyles = [
  'block w-full min-w-0 rounded-md border border-control bg-surface px-3 text-base text-ink shadow-card',
  'transition-[border-color] duration-150 hover:border-muted',
  'focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus',
  'aria-invalid:border-danger-ink [[readonly]]:bg-sunken disabled:bg-sunken disabled:text-muted',
].join(' ')
