import { executionAsyncResource } from 'node:async_hooks'

const kept: object[] = []

/**
 * Node makes an object for every `process.nextTick`, a dozen of them for a message. V8 makes one in 0.04 µs while it knows their
 * shape, and for good in 0.36 once a large collection of garbage, which finds no tick waiting, has dropped it. One that
 * is kept keeps it. For the beginning of a start, before there is much garbage. Safe to call twice.
 */
export function keepTicksFast(): void {
  process.nextTick(() => {
    kept[0] = executionAsyncResource()
  })
}
