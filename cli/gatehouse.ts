// The `gatehouse` command. Exit codes: 0 done, 1 refused or failed, 2 the command line is wrong.
import { run } from './run'

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
process.exitCode = await run(process.argv.slice(2), process)
