import nock from 'nock'
import { afterAll, beforeAll } from 'vitest'

// A test that reaches outside this machine fails. Files that share a process each switch it on anew.
beforeAll(() => {
  if (!nock.isActive()) nock.activate()
  nock.disableNetConnect()
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/)
})
afterAll(() => nock.restore())
