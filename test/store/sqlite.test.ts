import { join } from 'node:path'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { storeContract } from '../contracts/store.ts'

// Without a sync at each commit the thousands of restarts take seconds instead of minutes; the statements are the same.
storeContract('sqlite', (folder, options) => openSqliteStore(join(folder, 'camnang.db'), 'normal', options), { handlesAtOnce: true, keepsArrivals: true })
