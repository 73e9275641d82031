import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: {
    alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
  },
  test: {
    include: [
      'app/**/*.test.ts',
      'components/**/*.test.ts',
      'lib/**/*.test.ts',
      'cli/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    environment: 'node',
    globalSetup: ['scripts/testing/programs.ts', 'scripts/testing/shared-databases.ts'],
    testTimeout: 60_000,
    // More than the two cores, where the default is one: half of the time a test waits for its database.
    maxWorkers: 3,
  },
})
