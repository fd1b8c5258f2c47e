import { afterAll, beforeAll, vi } from 'vitest'
import { campaignStoreContract, storeContract } from '../contracts/store.ts'
import { startD1, type D1Server } from '../support/d1-stores.ts'

/** Of the random runs: every step goes over a wire into workerd. `D1_RUNS=1` makes all of them, in some minutes. */
const share = Number(process.env['D1_RUNS'] ?? 0.02)

// With all random runs one test takes minutes.
vi.setConfig({ testTimeout: 120_000 })

let server: D1Server
beforeAll(async () => { server = await startD1() })
afterAll(() => server?.stop())

storeContract('d1', (folder, options) => server.open(folder, options), { share, shared: true })
campaignStoreContract('d1', (folder, options) => server.open(folder, options), share)
