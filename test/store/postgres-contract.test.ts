import { afterAll, beforeAll } from 'vitest'
import { campaignStoreContract, storeContract } from '../contracts/store.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { postgresStores } from '../support/postgres-stores.ts'

/** Of the random runs: every step goes over a connection. `POSTGRES_RUNS=1` makes all of them, in some minutes. */
const share = Number(process.env['POSTGRES_RUNS'] ?? 0.04)

let server: PostgresServer
beforeAll(async () => { server = await startPostgres() })
afterAll(() => server?.stop())

const open = postgresStores(() => server)
storeContract('postgres', open, { share, shared: true })
campaignStoreContract('postgres', open, share)
