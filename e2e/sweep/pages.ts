import { type Answers, all } from './scene'

const signedIn = (answers: Partial<Answers> = {}): Answers => ({
  ...all('200'),
  stranger: 'to /sign-in',
  ...answers,
})

const SIGN_IN_LOG = '/control-panel/global-settings/security/sign-in-log'

/** What each page answers to whom. A page that is missing here fails the sweep. */
export const PAGES: Record<string, Answers> = {
  '/': { ...all('to /control-panel'), stranger: 'to /sign-in', agent: 'to /agent-console' },
  '/sign-in': { ...all('to /control-panel'), stranger: '200', agent: 'to /agent-console' },
  '/sign-in/second-factor': all('to /sign-in'),
  '/reset-password': all('200'),
  '/reset-password/[token]': all('404'),
  '/accept-invite/[token]': all('404'),
  '/blocked': { ...all('to /control-panel'), stranger: 'to /sign-in', agent: 'to /agent-console' },
  '/setup': all('404'),
  '/authorize-ip/[token]': all('404'),
  '/agent-console': signedIn(),
  '/agent-console/second-factor': signedIn(),
  '/control-panel': signedIn({ agent: '403' }),
  '/control-panel/global-settings/security/ip-allowlist': signedIn({ agent: '403', people: '403' }),
  '/control-panel/global-settings/security/ip-allowlist/import': signedIn({ agent: '403', people: '403' }),
  [SIGN_IN_LOG]: signedIn({ agent: '403', people: '403' }),
  [`${SIGN_IN_LOG}/[id]`]: signedIn({ ...all('404'), stranger: 'to /sign-in', agent: '403', people: '403' }),
  '/control-panel/global-settings/security/second-factor': signedIn({ agent: '403', people: '403' }),
  '/control-panel/global-settings/security/audit-log': signedIn({ agent: '403', people: '403' }),
  '/control-panel/global-settings/people/agents': signedIn({ agent: '403', security: '403' }),
  '/control-panel/global-settings/people/agents/[agentId]': signedIn({
    ...all('404'),
    ...{ stranger: 'to /sign-in', agent: '403', security: '403' },
  }),
}
