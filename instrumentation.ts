import type { Instrumentation } from 'next'

/** Runs once when the server starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { keepConsoleHarmless } = await import('./lib/server/console')
  keepConsoleHarmless()
  const { stampRequests } = await import('./lib/server/stamp')
  stampRequests()
  const { ignoreUpgrades } = await import('./lib/server/upgrades')
  // In development Next tells its pages of changes by one.
  if (process.env.NODE_ENV === 'production') ignoreUpgrades()
  const { startMailer } = await import('./lib/server/mailer')
  const { startKeepingDeadlines } = await import('./lib/server/deadlines')
  const { startHousekeeping } = await import('./lib/server/housekeeping')
  const { startHeedingListNotices } = await import('./lib/server/list-notices')
  const { startWritingMatches } = await import('./lib/server/matching')
  const { announceSetup } = await import('./lib/server/operator-lines')
  const { endGracefully } = await import('./lib/server/ending')
  endGracefully()
  startMailer()
  startHousekeeping()
  startKeepingDeadlines()
  startHeedingListNotices()
  startWritingMatches()
  // An unreachable database is no reason not to start: /readyz says so, and nobody is let in meanwhile.
  const { logger } = await import('./lib/server/logger')
  await announceSetup().catch((err) => logger().error({ err }, 'The database could not be read; see /readyz'))
}

/** Next tells of everything that failed while it made a page or carried out an action. */
export const onRequestError: Instrumentation.onRequestError = async (err, _request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { logger } = await import('./lib/server/logger')
  // The route as it is in the sources: the path itself may hold a token.
  logger().error({ err, route: context.routePath, kind: context.routeType }, 'A request failed')
}
