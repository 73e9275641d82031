import { type Answers, all } from './scene'

const SECURITY = '/control-panel/global-settings/security'

/** Of the Control Panel, so the outer gate sends strangers to sign-in. */
const FOR_SECURITY: Answers = { ...all('200'), stranger: 'to /sign-in', agent: '403', people: '403' }

/**
 * What each handler answers to whom, by method. A web session counts for nothing at the interfaces for programs, and at
 * health. A handler that is missing here fails the sweep.
 */
export const HANDLERS: Record<string, Record<string, Answers>> = {
  '/healthz': { GET: all('200'), POST: all('405') },
  '/readyz': { GET: all('200'), POST: all('405') },
  '/metrics': { GET: all('404'), POST: all('405') },
  '/api/[[...unknown]]': { GET: all('404'), POST: all('404') },
  '/api/mobile/v1/me': { GET: all('401'), POST: all('405') },
  '/api/mobile/v1/sign-in': { GET: all('405'), POST: all('415') },
  '/api/mobile/v1/refresh': { GET: all('405'), POST: all('415') },
  '/api/mobile/v1/sign-out': { GET: all('405'), POST: all('401') },
  [`${SECURITY}/ip-allowlist/impact`]: { GET: FOR_SECURITY, POST: all('405') },
  [`${SECURITY}/ip-allowlist/csv`]: { GET: FOR_SECURITY, POST: all('405') },
  [`${SECURITY}/sign-in-log/csv`]: { GET: FOR_SECURITY, POST: all('405') },
  [`${SECURITY}/audit-log/csv`]: { GET: FOR_SECURITY, POST: all('405') },
  [`${SECURITY}/audit-log/json`]: { GET: FOR_SECURITY, POST: all('405') },
}
