import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line, `12 passed, 0 failed`, for whoever reads it by machine. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      // What stands around its tests failed: it could not be loaded, or what comes before all of them threw.
      if (module.state() === 'failed' && !states.includes('failed')) counts.failed++
      for (const state of states) {
        if (state === 'passed' || state === 'failed' || state === 'skipped') counts[state]++
      }
    }
    const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
    process.on('exit', () => console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`))
  }
}
