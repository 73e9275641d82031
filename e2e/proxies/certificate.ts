import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/** Lays a certificate for `localhost`, signed by itself, into the folder as the snippets name it. */
export async function layCertificate(folder: string): Promise<void> {
  const certificate = path.join(folder, 'gatehouse.crt')
  const key = path.join(folder, 'private/gatehouse.key')
  await mkdir(path.dirname(key), { recursive: true })
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', key, '-out', certificate],
  ])
  const both = (await readFile(certificate, 'utf8')) + (await readFile(key, 'utf8'))
  await writeFile(path.join(folder, 'gatehouse.pem'), both)
}
