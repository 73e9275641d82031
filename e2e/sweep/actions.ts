import { AGENTS, ALLOWLIST, OFFICE } from '../fixtures/places'
import { type Answers, all, CALLERS, type Caller, type Scene } from './scene'

/** How one server action has to answer the same form, sent by everybody in this order. */
export interface ActionRow {
  /** The page that it is posted to. */
  at: string
  /** A form that would do something for who may; its ids are ours. */
  fields: (scene: Scene, caller: Caller) => Record<string, string>
  answers: Answers
  /** Whose form must leave every row of our account as it was. */
  refused: readonly Caller[]
}

const NOBODY = 'to /sign-in'
const GONE_RANGE = 'refused: Somebody deleted this range meanwhile. Nothing was changed.'
const CLOSED = 'refused: Set-up is closed: the account exists already. Reload the page to see what to do.'
const GONE_INVITATION =
  'refused: This invitation was accepted or withdrawn meanwhile. Reload the page to see who is here.'
const NO_APPROVAL = 'refused: This request is over, or was decided already.'
const NO_CHANGE = 'refused: This change was confirmed or undone meanwhile.'
const FACTOR_SETTINGS = '/control-panel/global-settings/security/second-factor'
const GONE_AGENT = 'refused: This agent is not there any more. Reload the page to see who is.'

/** For who manages security; `foreigner`: what the admin of another account is told about our ids. */
function security(
  fields: ActionRow['fields'],
  said: { security: string; admin: string; foreigner: string },
): ActionRow {
  const answers = { stranger: NOBODY, agent: '403', people: '403', ...said }
  return { at: ALLOWLIST, fields, answers, refused: ['stranger', 'agent', 'people', 'foreigner'] }
}

/** For who manages agents. */
function people(
  fields: ActionRow['fields'],
  said: { people: string; admin: string; foreigner: string },
): ActionRow {
  const answers = { stranger: NOBODY, agent: '403', security: '403', ...said }
  return { at: AGENTS, fields, answers, refused: ['stranger', 'agent', 'security', 'foreigner'] }
}

/** For everybody who is signed in, about themselves. */
function own(fields: ActionRow['fields'], said: string): ActionRow {
  const answers = { ...all(said), stranger: NOBODY }
  return { at: '/agent-console', fields, answers, refused: CALLERS }
}

/** For anybody: what it hangs on is in the form, and this form has nothing of worth. */
function open(at: string, fields: Record<string, string>, said: Partial<Answers> | string): ActionRow {
  const answers = typeof said === 'string' ? all(said) : { ...all(''), ...said }
  return { at, fields: () => fields, answers, refused: CALLERS }
}

const RANGES = 'control-panel/global-settings/security/ip-allowlist/range-actions'
const SWITCHES = 'control-panel/global-settings/security/ip-allowlist/actions'
const PEOPLE = 'control-panel/global-settings/people/agents/actions'
const INVITATIONS = 'control-panel/global-settings/people/agents/invitation-deeds'
const FACTORS = 'agent-console/second-factor/actions'
const NO_LINK = 'A'.repeat(43)
const NO_HALF = "refused: That didn't work. Wait for the next code, or start again."

/** A switch has no ids: the admin of another account switches their own. */
const switched = (said: string) =>
  security(() => ({ to: 'on' }), { security: said, admin: said, foreigner: said })

/** An action that is missing here fails the sweep. */
export const ACTIONS: Record<string, ActionRow> = {
  '(entry)/sign-in/actions#signInAction': {
    ...open('/sign-in', {}, 'refused: Email or password is incorrect.'),
    // Five wrong passwords of one person are the most, so everybody tries somebody else's.
    fields: (_, caller) => ({ email: `nobody.${caller}@example.com`, password: 'wrong' }),
  },
  '(entry)/sign-in/second-factor/actions#secondFactorAction': open(
    '/sign-in/second-factor',
    { code: '123456' },
    NO_HALF,
  ),
  '(entry)/sign-in/second-factor/actions#askForPasskeyAction': open('/sign-in/second-factor', {}, NO_HALF),
  '(entry)/sign-out/actions#signOutAction': {
    ...open('/agent-console', {}, NOBODY),
    refused: ['stranger', 'foreigner'],
  },
  '(entry)/blocked/actions#tryAgainAction': open(
    '/blocked',
    {},
    { ...all('to /control-panel'), stranger: NOBODY, agent: 'to /agent-console' },
  ),
  '(entry)/blocked/actions#authorizeAction': open('/blocked', {}, NOBODY),
  '(entry)/blocked/actions#askApprovalAction': open('/blocked', {}, NOBODY),
  '(entry)/authorize-ip/[token]/actions#decideAction': open(
    `/authorize-ip/${NO_LINK}`,
    { token: NO_LINK, decision: 'authorize' },
    'done: outcome unknown',
  ),
  '(entry)/reset-password/actions#requestResetAction': {
    ...open('/reset-password', {}, 'done: email'),
    fields: (_, caller) => ({ email: `nobody.${caller}@example.com` }),
  },
  '(entry)/reset-password/[token]/actions#resetAction': open(
    `/reset-password/${NO_LINK}`,
    { token: NO_LINK, password: 'another password of some length' },
    `to /reset-password/${NO_LINK}`,
  ),
  '(entry)/accept-invite/[token]/actions#acceptAction': open(
    `/accept-invite/${NO_LINK}`,
    { token: NO_LINK, name: 'Mallory', password: 'another password of some length' },
    `to /accept-invite/${NO_LINK}`,
  ),
  '(entry)/setup/actions#setUpAction': open(
    '/setup',
    {
      ...{ setupCode: 'guessed', accountName: 'Mine', name: 'Mallory' },
      ...{ email: 'mallory@example.com', password: 'a password of some length' },
    },
    CLOSED,
  ),
  '(entry)/setup/actions#testMailAction': open(
    '/setup',
    { setupCode: 'guessed', email: 'mallory@example.com' },
    CLOSED,
  ),

  'agent-console/actions#endOwnAction': {
    ...own(({ lenaSession }) => ({ end: `web:${lenaSession}` }), 'done: That session was over already.'),
    answers: {
      ...all('done: That session was over already.'),
      ...{ stranger: NOBODY, agent: 'done: The session was ended.' },
    },
    refused: CALLERS.filter((caller) => caller !== 'agent'),
  },
  'agent-console/actions#changePasswordAction': {
    ...own(
      () => ({ currentPassword: 'a guess at it', newPassword: 'another password of some length' }),
      'invalid: currentPassword',
    ),
    // A wrong guess of our own people is recorded.
    refused: ['stranger', 'foreigner'],
  },
  'agent-console/actions#chooseNoticesAction': {
    ...security(() => ({ 'link-denied': 'on' }), {
      foreigner: 'done: You get 1 of 7 kinds of notices.',
      security: 'done: You get 1 of 7 kinds of notices.',
      admin: 'done: You get 1 of 7 kinds of notices.',
    }),
    at: '/agent-console',
  },
  // Each of these asks for the password first, or answers something that nobody here has begun.
  [`${FACTORS}#beginTotpAction`]: own(() => ({}), 'confirm: prove-again'),
  [`${FACTORS}#confirmTotpAction`]: own(
    () => ({ code: '123456' }),
    'refused: The set-up took too long, or was begun anew elsewhere. Begin again.',
  ),
  [`${FACTORS}#beginPasskeyAction`]: own(() => ({ name: 'Key' }), 'confirm: prove-again'),
  [`${FACTORS}#finishPasskeyAction`]: own(
    () => ({ name: 'Key', response: '{}' }),
    'refused: The passkey was not added. Try again.',
  ),
  [`${FACTORS}#removeFactorAction`]: own(() => ({ factor: 'totp' }), 'confirm: prove-again'),
  [`${FACTORS}#remakeCodesAction`]: own(() => ({}), 'confirm: prove-again'),

  [`${SWITCHES}#switchAllowlistAction`]: security(() => ({ to: 'on' }), {
    foreigner: 'done: The IP Allowlist is on.',
    security: 'done: The IP Allowlist is on.',
    admin: 'done: The IP Allowlist was on already.',
  }),
  [`${SWITCHES}#switchMobileAction`]: switched('done: IP Allowlist for mobile access is on.'),
  [`${SWITCHES}#switchEveryRequestAction`]: switched('done: Check every request is on.'),
  [`${SWITCHES}#saveContactAction`]: security(() => ({ contactEmail: 'it@example.com' }), {
    foreigner: 'done: People who are refused are told to write to it@example.com.',
    security: 'done: People who are refused are told to write to it@example.com.',
    admin: 'done: People who are refused are told to write to it@example.com.',
  }),
  [`${RANGES}#addOwnAddressAction`]: security(() => ({}), {
    foreigner: `done: ${OFFICE} is on the list now.`,
    security: `done: ${OFFICE} is on the list now.`,
    admin: `done: ${OFFICE} was on the list already.`,
  }),
  [`${RANGES}#putOnListAction`]: security(() => ({ range: '192.0.2.9' }), {
    foreigner: 'done: 192.0.2.9 is on the list now.',
    security: 'done: 192.0.2.9 is on the list now.',
    admin: 'done: 192.0.2.9 was on the list already.',
  }),
  [`${RANGES}#dismissSuggestionAction`]: security(() => ({ range: '192.0.2.9' }), {
    foreigner: 'done: 192.0.2.9 is not suggested again.',
    security: 'done: 192.0.2.9 is not suggested again.',
    admin: 'done: 192.0.2.9 is not suggested again.',
  }),
  [`${RANGES}#addRangeAction`]: security(() => ({ start: '192.0.2.9' }), {
    foreigner: 'done: 192.0.2.9 was added.',
    security: 'done: 192.0.2.9 was added.',
    admin: 'invalid: start',
  }),
  [`${RANGES}#editRangeAction`]: security(
    ({ ourRange }) => ({ ...ourRange, start: '198.51.100.0/24', description: 'New' }),
    {
      foreigner: GONE_RANGE,
      security: 'done: 198.51.100.0/24 (New) was saved.',
      admin:
        'refused: Somebody else changed this range meanwhile, so nothing was saved. It now reads 198.51.100.0/24 (New). Close this, look at it, and make your change again.',
    },
  ),
  [`${RANGES}#switchRangeAction`]: security(({ ourRange: { id } }) => ({ id, to: 'off' }), {
    foreigner: GONE_RANGE,
    security: 'done: 198.51.100.0/24 (Ours) is disabled.',
    admin: 'done: 198.51.100.0/24 (Ours) was disabled already.',
  }),
  [`${RANGES}#deleteRangeAction`]: security(({ ourRange }) => ({ ...ourRange }), {
    foreigner: GONE_RANGE,
    security: 'done: 198.51.100.0/24 (Ours) was deleted.',
    admin: GONE_RANGE,
  }),
  'control-panel/global-settings/security/ip-allowlist/import/actions#importRangesAction': {
    ...security(() => ({ text: '192.0.2.9', step: 'import' }), {
      foreigner: 'done: 1 range was added.',
      security: 'done: 1 range was added.',
      admin: 'done: No range was added. 1 is on the list already and stays as it is.',
    }),
    at: `${ALLOWLIST}/import`,
  },

  'control-panel/global-settings/security/sign-in-log/actions#saveKeepingAction': {
    ...security(() => ({ days: '30' }), {
      foreigner: 'done: Attempts are kept for 30 days.',
      security: 'done: Attempts are kept for 30 days.',
      admin: 'done: Attempts are kept for 30 days.',
    }),
    at: '/control-panel/global-settings/security/sign-in-log',
  },
  // Nobody of ours has asked for an approval, and an id that is not there is one of another account.
  'control-panel/global-settings/security/ip-allowlist/approval-actions#decideApprovalAction': {
    ...security(() => ({ id: NO_LINK, decision: 'approve' }), {
      ...{ foreigner: NO_APPROVAL, admin: NO_APPROVAL },
      // Only an admin lets an admin in.
      security: '403',
    }),
    refused: CALLERS,
  },
  // Nobody of ours has anything to confirm, and an id that is not there is one of another account.
  'control-panel/global-settings/security/ip-allowlist/unconfirmed-actions#decideUnconfirmedAction': {
    ...security(() => ({ id: NO_LINK, decision: 'confirm' }), {
      ...{ foreigner: NO_CHANGE, security: NO_CHANGE, admin: NO_CHANGE },
    }),
    refused: CALLERS,
  },
  'control-panel/global-settings/security/second-factor/actions#requireFactorsAction': {
    ...switched('done: Admins need a second factor from their next sign-in on.'),
    at: FACTOR_SETTINGS,
  },

  [`${INVITATIONS}#inviteAction`]: people(
    (_, caller) => ({
      ...{ name: 'New', email: `new.${caller}@example.com`, role: 'AGENT' },
      by: 'temporary-password',
    }),
    {
      foreigner: 'done: name email password',
      people: 'done: name email password',
      admin: 'done: name email password',
    },
  ),
  [`${INVITATIONS}#resendInvitationAction`]: people(
    ({ ourInvitation }) => ({ invitationId: ourInvitation }),
    {
      foreigner: GONE_INVITATION,
      people: 'refused: It was sent a moment ago. Try again in a minute.',
      admin: 'refused: It was sent a moment ago. Try again in a minute.',
    },
  ),
  [`${INVITATIONS}#withdrawInvitationAction`]: people(
    ({ ourInvitation }) => ({ invitationId: ourInvitation }),
    { foreigner: GONE_INVITATION, people: 'done: ', admin: GONE_INVITATION },
  ),
  'control-panel/global-settings/people/agents/[agentId]/actions#endPlaceAction': {
    ...people(({ ours, lenaSession }) => ({ agentId: ours.lena.id, end: `web:${lenaSession}` }), {
      foreigner: GONE_AGENT,
      people: 'done: The session was ended.',
      admin: 'done: That session was over already.',
    }),
    at: `${AGENTS}/${NO_LINK}`,
  },
  [`${PEOPLE}#changeAgentAction`]: people(
    ({ ours }) => ({ agentId: ours.lena.id, version: '1', name: 'Lena F', role: 'ADMIN' }),
    {
      foreigner: GONE_AGENT,
      people:
        "refused: You can't do this: nobody hands out permissions that they don't hold, and only an admin makes or changes an admin.",
      admin: 'done: Lena F was changed. Ended: 1 session.',
    },
  ),
  [`${PEOPLE}#switchAgentAction`]: people(({ ours }) => ({ agentId: ours.lena.id, enabled: 'no' }), {
    foreigner: GONE_AGENT,
    people: 'done: Ended: 1 session.',
    admin: 'done: They were not signed in anywhere.',
  }),
  [`${PEOPLE}#endSessionsAction`]: people(({ ours }) => ({ agentId: ours.lena.id }), {
    foreigner: GONE_AGENT,
    people: 'done: Ended: 1 session.',
    admin: 'done: They were not signed in anywhere.',
  }),
  [`${PEOPLE}#newPasswordAction`]: people(({ ours }) => ({ agentId: ours.lena.id }), {
    foreigner: GONE_AGENT,
    people: 'done: Ended: 1 session.',
    admin: 'done: They were not signed in anywhere.',
  }),
  [`${PEOPLE}#resetFactorsAction`]: people(({ ours }) => ({ agentId: ours.lena.id }), {
    foreigner: GONE_AGENT,
    people: 'refused: They have no second factor.',
    admin: 'refused: They have no second factor.',
  }),
}
