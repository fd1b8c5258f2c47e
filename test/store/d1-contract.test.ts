import { join } from 'node:path'
import { openD1Store } from '../../src/store/d1/open.ts'
import { campaignStoreContract, storeContract } from '../contracts/store.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import type { OpenStore } from '../support/store-fixtures.ts'

/** All random runs, which over the wire into workerd (test/worker/store-contract.test.ts) would take half an hour: the same statements, on the SQLite in Node. */
const open: OpenStore = (folder, options) => openD1Store(d1InNode(join(folder, 'd1.db')).d1, options)

storeContract('d1 statements', open)
campaignStoreContract('d1 statements', open)
