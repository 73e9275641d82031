import { formatAddress } from '@/lib/core/address'
import type { LinkView } from '@/lib/data/link-decisions'
import { viewLink } from '@/lib/data/link-decisions'
import { pendingToken } from '@/lib/server/auth'
import { type Client, currentClient } from '@/lib/server/client'
import { answerWithStatus } from '@/lib/server/status'
import { Decision, type Question } from './decision'

interface AuthorizeIpPageProps {
  params: Promise<{ token: string }>
}

/** Looking at a link changes nothing, however often and by whomever; the decision is a form. */
export default async function AuthorizeIpPage({ params }: AuthorizeIpPageProps) {
  const { token } = await params
  const view = await viewLink(token, await pendingToken())
  if (!view) await answerWithStatus(404)
  else if (view.state !== 'open') await answerWithStatus(410)
  return (
    <Decision
      token={token}
      state={view?.state ?? 'unknown'}
      question={view?.state === 'open' ? questionOf(view, await currentClient()) : null}
      isSameBrowser={view?.isSameBrowser ?? false}
    />
  )
}

function questionOf(view: LinkView, client: Client): Question {
  const { address, device, requestedAt, expiresAt, agentName, accountName, isAdmittedAlready } = view
  return {
    address: formatAddress(address),
    device,
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    agentName,
    accountName,
    isAdmittedAlready,
    ownAddress: client.address && formatAddress(client.address),
    isSameAddress: client.address === address,
  }
}
