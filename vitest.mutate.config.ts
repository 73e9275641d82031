import { defineConfig } from 'vitest/config'
import base from './vitest.config'

const { MUTATED = '*' } = process.env

/** For `npm run mutate`: one module's own tests, with few random cases, since they run once for every mutant. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: [`lib/core/${MUTATED}{,-arena,-memory,-parts}{,.property}.test.ts`],
    env: { CASES: 'few' },
    testTimeout: 20_000,
  },
})
