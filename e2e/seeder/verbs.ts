import { makeAccount } from './account'
import { expireRange, passForLinks, passForMail, setAgent, setRange, setSwitches } from './changes'
import { fillRanges } from './fill-ranges'
import { auditOf, linksOf, outboxOf, rangesOf, sessionsOf, signInsOf } from './rows'
import { plantSignIns } from './sign-ins'

/** Everything that a journey can have done for it, or ask about, behind the screens. */
export const verbs = {
  makeAccount,
  fillRanges,
  expireRange,
  passForLinks,
  passForMail,
  plantSignIns,
  setAgent,
  setRange,
  setSwitches,
  auditOf,
  linksOf,
  outboxOf,
  rangesOf,
  sessionsOf,
  signInsOf,
}
