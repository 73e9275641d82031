import { Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import type { ImpactLine, ImpactView } from '@/lib/core/impact-words'
import { PutOnList } from './put-on-list'

/** Those who would be refused, each with the way to let them in. */
export function ImpactList({ view, focusAfter }: { view: ImpactView; focusAfter: string }) {
  const { people, more, note } = view
  return (
    <>
      {people.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
          {people.map((person) => (
            <li
              key={person.agentId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2"
            >
              <Person person={person} />
              {person.address && (
                <PutOnList range={person.address} description={person.name} focusAfter={focusAfter} />
              )}
            </li>
          ))}
          {more > 0 && <li className="px-3 py-2 text-muted">and {more.toLocaleString('en')} more</li>}
        </ul>
      )}
      {note && <p className="mt-2 text-muted">{note}</p>}
    </>
  )
}

function Person({ person }: { person: ImpactLine }) {
  const { name, address, isMobile, at, besides } = person
  return (
    <p className="min-w-0 flex-1 basis-48 wrap-anywhere">
      <span className="font-medium">{name}</span>{' '}
      <Mono className="text-[0.8125rem]">{address ?? 'unknown address'}</Mono>
      <span className="block text-muted">
        {isMobile && 'Mobile app, '}
        <Time at={at} dateOnly relative="beside" />
        {besides.map((words) => `, ${words}`)}
      </span>
    </p>
  )
}
