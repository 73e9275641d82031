import { Badge } from '@/components/ui/badge'
import { Mono } from '@/components/ui/mono'
import type { SeenHop, SignInEvidence } from '@/lib/core/sign-in-evidence'

/** The hops that were looked at, from the connection on. */
export function HopsThen({ evidence }: { evidence: SignInEvidence }) {
  const { hops, hopsLeftOut, headerName } = evidence
  if (hops.length === 0)
    return (
      <p className="text-sm text-muted">
        Gatehouse did not see the connection itself, so there is nothing to show.
      </p>
    )
  const half = Math.ceil(hops.length / 2)
  const shown = hopsLeftOut > 0 ? [...hops.slice(0, half), null, ...hops.slice(half)] : hops
  return (
    <ol className="flex flex-col divide-y divide-line rounded-md border border-line text-sm">
      {shown.map((hop, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: what was recorded never changes, and a hop may come twice
          key={at}
          className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[15rem_minmax(0,1fr)_auto]"
        >
          {hop ? (
            <>
              <span className="text-muted wrap-anywhere">
                {hop.from === 'peer' ? 'The connection' : `Header ${headerName}`}
              </span>
              <Mono>{hop.text || '(nothing)'}</Mono>
              <HopState hop={hop} />
            </>
          ) : (
            <span className="text-muted">{hopsLeftOut} more</span>
          )}
        </li>
      ))}
    </ol>
  )
}

function HopState({ hop: { taken, trusted } }: { hop: SeenHop }) {
  if (taken)
    return (
      <Badge tone="success" dot className="justify-self-start">
        {trusted ? 'Trusted proxy, taken' : 'Taken'}
      </Badge>
    )
  return trusted ? (
    <Badge className="justify-self-start">Trusted proxy, passed over</Badge>
  ) : (
    <Badge tone="danger" className="justify-self-start">
      Not an address
    </Badge>
  )
}
