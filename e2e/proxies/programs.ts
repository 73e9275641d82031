import { LISTENS_AT } from './placed'
import type { Program } from './snippets'

interface Running {
  /** The file around a snippet, much as Debian's own. */
  config: (snippet: string, folder: string) => string
  /** In the foreground, as one process. */
  args: (file: string, folder: string) => string[]
}

export const RUNNING: Readonly<Record<Program, Running>> = {
  nginx: {
    config: (snippet, folder) => `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${folder}/${what};`).join('\n')}
access_log off;
${snippet}}
`,
    args: (file, folder) => ['-p', folder, '-e', 'stderr', '-c', file],
  },
  haproxy: {
    config: (snippet) => `defaults
    mode http
    timeout connect 5s
    timeout client 50s
    timeout server 50s

${snippet}`,
    args: (file) => ['-db', '-f', file],
  },
  caddy: {
    config: (snippet) => `{
    admin off
    auto_https disable_redirects
    skip_install_trust
    default_bind ${LISTENS_AT.ipv4} [${LISTENS_AT.ipv6}]
}

${snippet}`,
    args: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
}
