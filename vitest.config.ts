import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

// What Node has compiled once it need not compile again: a run starts hundreds of processes, and each reads the same files.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile')

/** Tests that start servers, browsers, databases or processes: each file in a process of its own, and first, because they take longest. */
const apart = ['browser', 'server', 'store', 'worker'].map((folder) => `test/${folder}/**/*.test.ts`).concat(
  'test/campaign/run-killed.test.ts', 'test/campaign/settle-command.test.ts', 'test/conversation/model-process.test.ts', 'test/flow/map.test.ts', 'test/node/*.test.ts', 'test/sandbox/*.test.ts',
)

export default defineConfig({
  test: {
    setupFiles: ['test/support/no-network.ts'],
    reporters: ['default', './test/support/plain-summary.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One more than the smallest machine has cores: a quarter of the time goes into waiting for processes.
    maxWorkers: 3,
    // Projects run in the order of their names.
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      // They only compute: one process loads the modules once for many files.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, ...apart], isolate: false } },
    ],
  },
})
