// Running the server: what has to be right before, and passing on signals and the exit code.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { PREPARE, programOf } from './programs.mjs'
import { NEXT, root, run, Stop } from './project.mjs'

/** @typedef {{ HOST: string, PORT: number, APP_URL: string }} Settings */

/**
 * Checks the settings and, when told, brings the database up to date. Throws Stop.
 * @param {'check' | 'migrate'} what
 * @returns {Promise<Settings>}
 */
export async function prepare(what) {
  const { code, output } = await run(process.execPath, [programOf(PREPARE), what], { quiet: true })
  const lines = output.trimEnd().split('\n')
  if (code !== 0) throw new Stop(output.trimEnd())
  const settings = JSON.parse(lines.pop() ?? '')
  for (const line of lines) console.log(line)
  return settings
}

/**
 * Throws Stop when the server could not listen where the settings say.
 * @param {Settings} settings
 */
export function requireFreePort({ HOST, PORT }) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new Stop(portSentence(HOST, PORT, error))))
    probe.listen(PORT, HOST, () => probe.close(resolve))
  })
}

/** @param {string} host @param {number} port @param {NodeJS.ErrnoException} error */
function portSentence(host, port, error) {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken by another program (perhaps Gatehouse is running already). Stop it, or set PORT to another number.`
  if (error.code === 'EACCES')
    return `PORT is ${port}, which only root may use here; expected one above 1023.`
  return `HOST is "${host}" with PORT ${port}, and this machine cannot listen there (${error.code}).`
}

/**
 * Next would read `.env` before Gatehouse does, take a `$` in a password for the name of a variable, and follow further files
 * that no command knows. Without it only its own configuration, which names no other setting, has to be told APP_URL.
 * @param {Pick<Settings, 'APP_URL'>} settings
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment({ APP_URL }) {
  return { ...process.env, APP_URL, __NEXT_PROCESSED_ENV: 'true' }
}

/** Who started us. npm does it by a shell, which a signal ends without reaching us; where that is so, its end is one. */
const parent = process.env.npm_lifecycle_event ? process.ppid : null
const PARENT_LOOK_MS = 200

/**
 * Runs the server until it ends; signals go on to it, its exit code becomes ours.
 * @param {'start' | 'dev'} mode
 * @param {Settings} settings
 */
export function serve(mode, settings) {
  const { HOST, PORT } = settings
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [NEXT, mode, '-H', HOST, '-p', String(PORT)], {
      cwd: root,
      env: {
        ...serverEnvironment(settings),
        NODE_ENV: mode === 'start' ? 'production' : 'development',
        NEXT_TELEMETRY_DISABLED: '1',
        // Gatehouse ends itself (lib/server/ending.ts); Next would only end its own part.
        ...(mode === 'start' ? { NEXT_MANUAL_SIG_HANDLE: '1' } : {}),
      },
      stdio: 'inherit',
    })
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => server.kill(signal))
    const look = setInterval(() => {
      if (parent === null || process.ppid === parent) return
      clearInterval(look)
      server.kill('SIGTERM')
    }, PARENT_LOOK_MS).unref()
    server.on('error', reject)
    server.on('close', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)
      resolve(undefined)
    })
  })
}
