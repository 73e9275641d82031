import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { DescriptionList } from '@/components/ui/description-list'
import { Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import { addingPath } from '@/lib/core/allowlist-search'
import { PATHS } from '@/lib/core/paths'
import { describeListThen, explainSignIn } from '@/lib/core/sign-in-explanation'
import { describeSignIn, SURFACE_WORDS } from '@/lib/core/sign-in-words'
import { findSignIn, type SignInLine } from '@/lib/data/sign-in-log'
import { requirePermission } from '@/lib/server/current'
import { HopsThen } from './hops-then'

type Props = { params: Promise<{ id: string }> }

/** Why one attempt came out as it did, as things were then. */
export default async function WhyPage({ params }: Props) {
  const { id } = await params
  const { actor } = await requirePermission('MANAGE_SECURITY', PATHS.signInLog)
  const attempt = await findSignIn(actor, id)
  if (!attempt) notFound()
  const { address, evidence, rangeText } = attempt
  const ip = address && formatAddress(address)
  const { words, tone } = describeSignIn(attempt)
  const mono = (text: string) => <Mono className="text-[0.8125rem]">{text}</Mono>
  return (
    <>
      <PageHeader
        title="Why?"
        badge={
          <Badge tone={tone} dot>
            {words}
          </Badge>
        }
        breadcrumbs={[
          { label: 'Global Settings' },
          { label: 'Security' },
          { label: 'Sign-in Log', href: PATHS.signInLog },
          { label: 'Why?' },
        ]}
        description={explainSignIn({ ...attempt, ip })}
        actions={
          attempt.outcome === 'refused' &&
          ip && (
            <>
              <ButtonLink href={`${PATHS.ipAllowlist}?check=${encodeURIComponent(ip)}`}>
                Check this address now
              </ButtonLink>
              <ButtonLink href={addingPath({ start: address, end: address })} variant="primary">
                Add this address
              </ButtonLink>
            </>
          )
        }
      />
      <div className="grid gap-6 lg:grid-cols-2">
        <Card title="The attempt">
          <DescriptionList
            items={[
              { term: 'When', detail: <Time at={attempt.at} /> },
              { term: 'Who', detail: whoTried(attempt) },
              { term: 'Surface', detail: SURFACE_WORDS[attempt.surface] },
              { term: 'IP address', detail: ip ? mono(ip) : 'Unknown' },
              { term: 'Device', detail: attempt.device },
            ]}
          />
        </Card>
        <Card title="The list at that time">
          {evidence ? (
            <DescriptionList
              items={[
                ...describeListThen(evidence.list),
                ...(rangeText ? [{ term: 'Range', detail: mono(rangeText) }] : []),
                ...(evidence.rangeName ? [{ term: 'Description', detail: evidence.rangeName }] : []),
              ]}
            />
          ) : (
            <p className="text-sm text-muted">
              This attempt is from before Gatehouse kept what it is explained by. The reason above was
              recorded with it.
            </p>
          )}
        </Card>
      </div>
      {evidence && (
        <Card
          title="How the address came to be known"
          description="Each step from the connection to the address that counted."
        >
          <HopsThen evidence={evidence} />
          {evidence.isUndeclaredProxy && (
            <Callout tone="warning" className="mt-4">
              The connection came from a private address that sent forwarding headers: most likely a proxy
              that Gatehouse wasn’t told of. TRUSTED_PROXIES has to name it.
            </Callout>
          )}
        </Card>
      )}
    </>
  )
}

function whoTried({ name, email, agentId }: SignInLine): string {
  if (name) return `${name}, ${email}`
  return `${email} (${agentId ? 'not in this account any more' : 'nobody here'})`
}
