import { silentLog } from '../../src/core/ports.ts'
import { startServer } from '../../src/server.ts'
import { mkdtempSync } from 'node:fs'
const folder = mkdtempSync('/tmp/tmpsb-')
const server = await startServer({ SANDBOX: '1', PORT: '0', STORE: `sqlite:${folder}/chat.db?sync=normal` }, { log: silentLog })
const c = server.sandbox!.platforms.facebook.newCitizen()
console.log(await c.starts('vneid'))
if (process.argv[2] === 'wait') console.log((await c.hears()).text.slice(0, 40))
const t = Date.now()
const timer = setInterval(() => console.log('waiting', Date.now() - t, process.getActiveResourcesInfo().join(',')), 3000)
await server.stop(); clearInterval(timer)
console.log('stopped', Date.now() - t)
