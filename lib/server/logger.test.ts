import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '@/scripts/project.mjs'
import { temporaryFolder } from '@/scripts/testing/folders'

/** What a process prints that runs this with `logger` and `carryRequestId` at hand. */
async function printed(code: string): Promise<string> {
  const program = `
    import { logger } from './lib/server/logger.ts'
    import { carryRequestId } from './lib/server/request-id.ts'
    ${code}`
  const args = ['--import', 'tsx', '--conditions=react-server', '--input-type=module', '--eval', program]
  const { PATH } = process.env
  const env = { PATH, NODE_ENV: 'production' as const, DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'trace' }
  return (await promisify(execFile)(process.execPath, args, { cwd: root, env })).stdout
}

test('a line is JSON, names its request, and hides what looks like a secret wherever it stands', async () => {
  const token = 'q7Jm2v-_0aQ9bXw3zK5yT8uR1eP6oI4sD2fG7hJ9kL0'
  const out = await printed(`
    logger().info({ url: '/setup?code=abcDEF123' }, 'Before any request')
    carryRequestId('request-1')
    const err = Object.assign(new Error('No link ${token}'), { token: '${token}' })
    logger().error({ err }, 'Refused ${token}')`)
  const [before, within] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(before).toMatchObject({ level: 30, url: '/setup?code=[hidden]', msg: 'Before any request' })
  expect(before).not.toHaveProperty('requestId')
  expect(within).toMatchObject({
    ...{ level: 50, requestId: 'request-1', msg: 'Refused [hidden]' },
    err: { type: 'Error', message: 'No link [hidden]', token: '[hidden]' },
  })
  expect(out).not.toContain(token)
})

test('a failed answer is a warning with its path, but without what may be a token in it', async () => {
  const token = 'q7Jm2v-_0aQ9bXw3zK5yT8uR1eP6oI4sD2fG7hJ9kL0'
  const out = await printed(`
    import { createServer } from 'node:http'
    import { stampRequests } from './lib/server/stamp.ts'
    stampRequests()
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/ok' ? 200 : 503
      response.end()
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = 'http://127.0.0.1:' + server.address().port
    const headers = { connection: 'close', authorization: 'Bearer ${token}' }
    const failed = await fetch(at + '/authorize-ip/${token}?code=123456', { headers })
    console.log(JSON.stringify({ id: failed.headers.get('x-request-id') }))
    await fetch(at + '/ok', { headers })
    server.close()`)
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const id = lines.find((line) => 'id' in line).id
  const failed = lines.find((line) => line.status === 503)
  expect(failed).toMatchObject({ level: 40, requestId: id, method: 'GET', path: '/authorize-ip/[hidden]' })
  expect(lines.find((line) => line.status === 200)).toMatchObject({ level: 20, path: '/ok', finished: true })
  expect(out).not.toMatch(new RegExp(`${token}|123456`))
})

test('text from outside is escaped: it neither begins a line nor acts on a terminal', async () => {
  const nasty = 'a\u001b[2J\u0007\u009b31m\u0085\u2028\u202eb\r\n{"level":60}\u007f'
  const out = await printed(`
    const nasty = ${JSON.stringify(nasty)}
    logger().info({ [nasty]: nasty }, nasty)
    logger().error({ err: new Error(nasty) }, 'Failed')`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
  const lines = out.split('\n')
  expect(lines).toHaveLength(3)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: nasty, [nasty]: nasty })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ err: { message: nasty } })
})
