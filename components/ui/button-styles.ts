import { cva, type VariantProps } from 'class-variance-authority'

/** Looks shared by buttons and links that look like buttons. */
export const buttonStyles = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none print:hidden',
    // On a narrow screen, or with large text, words that don't fit go on in the next line.
    'max-[22rem]:max-w-full max-[22rem]:whitespace-normal',
    'transition-[background-color,border-color,color] duration-150 ease-out',
    'aria-disabled:opacity-70 [&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-accent text-on-accent shadow-card hover:bg-accent-hover aria-disabled:hover:bg-accent',
        secondary:
          'border-line-strong bg-surface text-ink shadow-card hover:border-control hover:bg-hover aria-disabled:hover:bg-surface',
        ghost: 'border-transparent text-ink hover:bg-hover aria-disabled:hover:bg-transparent',
        danger:
          'border-transparent bg-danger text-on-danger shadow-card hover:bg-danger-hover aria-disabled:hover:bg-danger',
        link: 'h-auto! border-transparent p-0! text-accent-ink underline print:inline-flex! decoration-accent-line underline-offset-4 hover:decoration-current',
      },
      size: {
        sm: 'h-8 px-3 text-sm max-[22rem]:h-auto max-[22rem]:min-h-8 max-[22rem]:py-1.5',
        md: 'h-10 px-4 text-sm max-[22rem]:h-auto max-[22rem]:min-h-10 max-[22rem]:py-1.5',
        lg: 'h-11 px-5 text-base max-[22rem]:h-auto max-[22rem]:min-h-11 max-[22rem]:py-1.5',
        icon: 'size-8 p-0 text-sm',
      },
      block: { true: 'w-full' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonLook = VariantProps<typeof buttonStyles>
