/** What decides who gets in, as the sentence on the screen needs it. */
export interface InForce {
  allowlistEnabled: boolean
  mobileEnforced: boolean
  checkEveryRequest: boolean
  /** All ranges. */
  total: number
  /** Enabled and not expired. */
  active: number
}

/** What is in force now: "On: sign-in only from 3 ranges. Mobile app: from anywhere." */
export function describeInForce(state: InForce): string {
  const { allowlistEnabled, mobileEnforced, checkEveryRequest, total, active } = state
  if (!allowlistEnabled) return 'Off: everyone can sign in from anywhere.'
  if (total === 0) return 'On, but the list is empty. Until you add a range, everyone can sign in.'
  const mobile = mobileEnforced ? 'from the same ranges' : 'from anywhere'
  if (active === 0)
    return mobileEnforced
      ? 'On: every range is disabled or has expired, so nobody can sign in, on the web or in the mobile app.'
      : 'On: every range is disabled or has expired, so nobody can sign in on the web. Mobile app: from anywhere.'
  const every = checkEveryRequest ? ' Every request is checked.' : ''
  return `On: sign-in only from ${countOf(active, 'range')}. Mobile app: ${mobile}.${every}`
}

/** "1 range", "1,200 ranges"; `plural` where it is not the noun with an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}

const READABLE_MAX = 10n ** 12n

/** "256", "4,294,967,296"; above a trillion "2⁹⁶" when it is a power of two, else "about 7.9 × 10²⁸". */
export function formatAddressCount(count: bigint): string {
  if (count <= READABLE_MAX) return count.toLocaleString('en')
  const bits = count.toString(2)
  if (/^10*$/.test(bits)) return `2${superscript(bits.length - 1)}`
  const digits = count.toString()
  return `about ${digits[0]}.${digits[1]} × 10${superscript(digits.length - 1)}`
}

/** "1 address", "256 addresses". */
export function describeAddressCount(count: bigint): string {
  return `${formatAddressCount(count)} ${count === 1n ? 'address' : 'addresses'}`
}

function superscript(number: number): string {
  return [...String(number)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
}

const NAMES_SHOWN = 3

/** "Ana Silva, Lena Fischer, Sam Okoye and 2 more". */
export function nameSome(people: readonly string[]): string {
  const shown = people.slice(0, NAMES_SHOWN).join(', ')
  return people.length > NAMES_SHOWN ? `${shown} and ${people.length - NAMES_SHOWN} more` : shown
}
