import nock from 'nock'
import { afterAll, beforeAll } from 'vitest'

// A test that reaches outside this machine fails.
beforeAll(() => {
  nock.disableNetConnect()
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/)
})
afterAll(() => nock.restore())
