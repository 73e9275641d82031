import { Callout } from '@/components/ui/callout'
import { type Client, explainClient } from '@/lib/server/client'

/** Nobody can be let in from an address that isn't known, so the operator has to act. */
export function AddressUnknown({ client }: { client: Client }) {
  const { how, setting } = explainClient(client)
  return (
    <Callout tone="warning" title="Gatehouse can't tell which address you are at">
      <p>{how}</p>
      <p className="mt-2">
        Until that is put right, nobody can sign in from here. Tell your operator: {setting}
      </p>
    </Callout>
  )
}
