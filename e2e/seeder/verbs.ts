import { makeAccount } from './account'
import {
  expireRange,
  passForClaims,
  passForConfirmation,
  passForLinks,
  passForMail,
  passForNotices,
  passForTimeOff,
  setAgent,
  setRange,
  setSwitches,
} from './changes'
import { dumpOf } from './dump'
import { enrolTotp, passForFactor, passForHalf, passForProof, requireFactors, resetByMail } from './factors'
import { fillAgents } from './fill-agents'
import { fillRanges } from './fill-ranges'
import { fillSignIns, tamperWithAudit } from './fill-sign-ins'
import { holdDatabase, releaseDatabase } from './hold'
import { inviteTo } from './invitations'
import {
  activeAdminsOf,
  auditOf,
  devicesOf,
  integrity,
  linksOf,
  outboxOf,
  rangesOf,
  sessionsOf,
  signInsOf,
  versionOf,
} from './rows'
import { plantSignIns } from './sign-ins'

/** Everything that a journey can have done for it, or ask about, behind the screens. */
export const verbs = {
  makeAccount,
  dumpOf,
  inviteTo,
  fillAgents,
  fillRanges,
  holdDatabase,
  releaseDatabase,
  fillSignIns,
  tamperWithAudit,
  expireRange,
  passForClaims,
  passForConfirmation,
  enrolTotp,
  passForFactor,
  passForHalf,
  passForLinks,
  passForMail,
  passForNotices,
  passForTimeOff,
  plantSignIns,
  passForProof,
  requireFactors,
  resetByMail,
  setAgent,
  setRange,
  setSwitches,
  activeAdminsOf,
  auditOf,
  devicesOf,
  integrity,
  linksOf,
  outboxOf,
  rangesOf,
  sessionsOf,
  signInsOf,
  versionOf,
}
