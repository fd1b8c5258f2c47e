import { afterAll, beforeAll } from 'vitest'
import { campaignStoreContract, storeContract } from '../contracts/store.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { postgresStores } from '../support/postgres-stores.ts'

let server: PostgresServer
beforeAll(async () => { server = await startPostgres() })
afterAll(() => server?.stop())

const open = postgresStores(() => server)
storeContract('postgres', open)
campaignStoreContract('postgres', open)
