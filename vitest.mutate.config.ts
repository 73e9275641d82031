import { defineConfig } from 'vitest/config'
import base from './vitest.config'

/** For `npm run mutate`: the heart's own tests, with few random cases, since they run once for every mutant. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['lib/core/{address,allowlist,lookup,lookup-arena,range,client-address}{,.property}.test.ts'],
    env: { CASES: 'few' },
    testTimeout: 20_000,
  },
})
