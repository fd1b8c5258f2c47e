/** One life in a process of its own, which it may kill: `node store-crash-child.ts <folder> <url> <step>:<nth> <now> <way>`. */
import { oneLife, type Way } from './store-crash-life.ts'

const [folder = '', url = '', killed = '', now = '', way] = process.argv.slice(2)
await oneLife(folder, url, killed, Number(now), way as Way)
