export const backdropStyles =
  'fixed inset-0 min-h-dvh bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const viewportStyles =
  'fixed inset-0 grid place-items-center overflow-y-auto overscroll-contain p-3 sm:p-6'

export const popupStyles =
  'w-full rounded-xl border border-line bg-raised text-ink shadow-pop outline-none transition-[opacity,scale] duration-150 ease-out data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0'
