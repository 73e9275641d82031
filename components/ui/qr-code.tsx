import { encode } from 'uqr'

/** Quiet zone around the code, in modules (ISO/IEC 18004 asks for 4). */
const QUIET = 4

/** A QR code as inline SVG, black on white in every theme, so that each camera reads it. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const side = size + 2 * QUIET
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? module(x, y) : ''))).join('')
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function module(x: number, y: number): string {
  return `M${x + QUIET} ${y + QUIET}h1v1h-1z`
}
