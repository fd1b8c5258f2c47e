import { silentLog } from '../../src/core/ports.ts'
import { startServer } from '../../src/server.ts'
import { mkdtempSync } from 'node:fs'
const folder = mkdtempSync('/tmp/tmpsb-')
const server = await startServer({ SANDBOX: '1', PORT: '0', STORE: `sqlite:${folder}/chat.db?sync=normal` }, { log: silentLog })
const c = server.sandbox!.platforms.facebook.newCitizen()
console.log(await c.starts('vneid'))
const t = Date.now()
const s = await Promise.race([server.app.stop().then(() => 'app stopped'), new Promise((r) => setTimeout(() => r('app hangs'), 4000))])
console.log(s, Date.now() - t)
const x = await Promise.race([server.sandbox!.close().then(() => 'sandbox stopped'), new Promise((r) => setTimeout(() => r('sandbox hangs'), 4000))])
console.log(x)
process.exit(0)
