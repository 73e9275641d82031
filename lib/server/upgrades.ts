import { channel } from 'node:diagnostics_channel'
import type { Server, Socket } from 'node:net'

const IGNORED = Symbol.for('gatehouse.upgrades-ignored')
const shared = globalThis as { [IGNORED]?: true }

/**
 * From now on a request that asks for another protocol (WebSocket, h2c) is answered as if it didn't, as RFC 9110 §7.8 allows:
 * nothing here speaks one. Next takes such a request for somebody else's and would never answer, nor ever close its
 * connection, so that anybody could use them all up.
 */
export function ignoreUpgrades(): void {
  if (shared[IGNORED]) return
  shared[IGNORED] = true
  channel('net.server.socket').subscribe((message) => {
    const { socket } = message as { socket: Socket & { server?: Server } }
    socket.server?.removeAllListeners('upgrade')
  })
}
