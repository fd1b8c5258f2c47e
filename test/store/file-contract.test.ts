import { openFileStore } from '../../src/store/file/open.ts'
import { storeContract } from '../contracts/store.ts'

storeContract('file', openFileStore, { handlesAtOnce: true })
