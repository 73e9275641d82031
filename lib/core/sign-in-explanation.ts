import { settingToCheck } from './client-address-words'
import type { SignInEvidence } from './sign-in-evidence'

/** An attempt as its explanation needs it; addresses as people read them. */
export interface Explained {
  because: string
  ip: string | null
  rangeText: string | null
  evidence: SignInEvidence | null
  /** Of whoever tried: whether no password lets them in by now. */
  isDisabledNow?: boolean
}

/** Why it came out as it did, as things were then: a few sentences. */
export function explainSignIn({ because, ip, rangeText, evidence, isDisabledNow }: Explained): string {
  const range = rangeText ?? 'A range'
  const held = evidence?.rangeName ? `${evidence.rangeName} (${range})` : range
  switch (because) {
    case 'allowlist-off':
      return 'The IP Allowlist was off, so everyone was let in from anywhere.'
    case 'mobile-not-enforced':
      return 'The IP Allowlist was on, but not asked for the mobile app.'
    case 'list-empty':
      return 'The IP Allowlist was on, but there was no range on it. An empty list lets everyone in.'
    case 'listed':
      return `The IP Allowlist was on. ${held} was in force and held ${ip ?? 'the address'}.`
    case 'address-unknown':
      return `The IP Allowlist was on, and Gatehouse could not tell where the request came from. An unknown address is on no list.${evidence ? ` ${explainUnknown(evidence)}` : ''}`
    case 'not-listed':
      return `The IP Allowlist was on, and no range in force held ${ip ?? 'the address'}. A range that is disabled or expired doesn’t count.`
    case 'wrong-credentials':
      return `E-mail or password was wrong, or the person was disabled. Gatehouse answers all three alike. The list was not asked.${isDisabledNow ? ' The person is disabled now.' : ''}`
    case 'too-many-attempts':
      return 'So many wrong passwords or second factors had come for this e-mail, or from this network, that this password was not looked at. More of them may have come until that wait was over: the log has each person’s first, with few exceptions. The list was not asked.'
    case 'too-many-second-factors':
      return 'The password was right. So many wrong passwords or second factors had come for this e-mail, or from this network, that the second factor was not looked at. More of them may have come until that wait was over: the log has the first. The list was not asked.'
    case 'wrong-second-factor':
      return 'The password was right, and the second factor was not: mistyped, used before, or of a phone whose clock is wrong. The list was not asked.'
    case 'second-factor-tries-spent':
      return 'The password was right, and the second factor was wrong so often that this sign-in ended there. Whoever it belongs to is told by mail, once an hour for each network. The list was not asked.'
    case 'second-factor-not-given':
      return 'The password was right, and nobody gave the second factor that was asked for. The list was not asked.'
    case 'second-factor-not-looked-at':
      return 'The password was right. More people were signing in at once than Gatehouse looks at, so the second factor was not looked at. The list was not asked.'
    case 'second-factor-missing':
      return 'The password was right. The account requires a second factor, and this person had not set one up yet. The list was not asked.'
    default:
      return `It ended with “${because.replaceAll('-', ' ')}”. The list was not asked.`
  }
}

/** What kept Gatehouse from knowing the address, and the setting that the operator has to look at. */
function explainUnknown(evidence: SignInEvidence): string {
  return `${whyUnknown(evidence)} ${settingToCheck(evidence)}`
}

function whyUnknown({ because, headerName }: SignInEvidence): string {
  switch (because) {
    case 'hop-malformed':
      return `The header ${headerName} held something that is not an address.`
    case 'only-trusted-hops':
      return `Every address in the header ${headerName} was one of a trusted proxy.`
    default:
      return 'The process that answered did not see the connection itself.'
  }
}

/** The switches of the list that was asked, as they were then. */
export function describeListThen(list: SignInEvidence['list']): { term: string; detail: string }[] {
  if (!list) return [{ term: 'IP Allowlist', detail: 'Not asked' }]
  return [
    { term: 'IP Allowlist', detail: `${onOrOff(list.enabled)}, version ${list.version} of the list` },
    { term: 'For mobile access', detail: onOrOff(list.mobileEnforced) },
  ]
}

function onOrOff(isOn: boolean): string {
  return isOn ? 'On' : 'Off'
}
