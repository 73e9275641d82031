import type { Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { listenLocally } from './listen'

/**
 * What can be wrong with a mail server: it answers "later" (421) at once, takes the whole mail and says nothing more,
 * or hangs up in the middle of the mail.
 */
export type Trouble = 'refuses' | 'is slow' | 'hangs up'

export interface TroubledMailServer {
  /** For SMTP_URL. */
  url: string
  /** What is wrong now; null: nothing. */
  trouble: Trouble | null
  /** The mails that it said yes to. */
  taken: ParsedMail[]
  /** How many mails have begun to come in, taken or not. */
  begun: number
  /** Called before the yes to a mail leaves. */
  beforeYes: () => void | Promise<void>
  stop(): Promise<void>
}

/** A real SMTP server (RFC 5321) on a free port that can be made to fail. */
export async function startTroubledMailServer(): Promise<TroubledMailServer> {
  const sockets = new Map<number, Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onConnect(_session, done) {
      if (self.trouble !== 'refuses') return done()
      done(Object.assign(new Error('Come back later'), { responseCode: 421 }))
    },
    onData(stream, { remotePort }, done) {
      self.begun++
      if (self.trouble === 'hangs up') {
        sockets.get(remotePort)?.destroy()
        return
      }
      const isSlow = self.trouble === 'is slow'
      simpleParser(stream).then(async (mail) => {
        if (isSlow) return
        await self.beforeYes()
        self.taken.push(mail)
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  const port = await listenLocally(server.server)
  const self: TroubledMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    trouble: null,
    taken: [],
    begun: 0,
    beforeYes: () => {},
    async stop() {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return self
}
