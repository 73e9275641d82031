// Where the thread of long-lists.ts begins: lets it read TypeScript, which Node.js starts no thread with.
import { register } from 'tsx/esm/api'

register()
await import('./long-list-worker.ts')
