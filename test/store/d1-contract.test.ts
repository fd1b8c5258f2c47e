import { join } from 'node:path'
import { openD1Store } from '../../src/store/d1/open.ts'
import { campaignStoreContract, storeContract } from '../contracts/store.ts'
import { d1InNode } from '../support/d1-in-node.ts'
import type { OpenStore } from '../support/store-fixtures.ts'

/**
 * The same statements on the SQLite in Node, for more random runs than go over the wire into workerd (test/worker/store-contract.test.ts). `D1_RUNS=1` makes all
 * of them, in some minutes.
 */
const share = Number(process.env['D1_RUNS'] ?? 0.04)
const open: OpenStore = (folder, options) => openD1Store(d1InNode(join(folder, 'd1.db')).d1, options)

storeContract('d1 statements', open, { share, shared: true })
campaignStoreContract('d1 statements', open, share)
