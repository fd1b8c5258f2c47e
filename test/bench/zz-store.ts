import { openStore } from '../../src/store/open.ts'
import { rmSync } from 'node:fs'
const B = Number(process.argv[2] ?? 64), url = process.argv[3] ?? 'sqlite:/tmp/zz.db?sync=normal'
for (const f of ['', '-wal', '-shm', '.lock', '.erased']) rmSync('/tmp/zz.db' + f, { force: true })
const now = Date.now()
const store = await openStore(url, { role: 'server', now, waitingLimit: 200, keysKept: 30 * 86400e3 })
let id = 0
const N = 20000, people = 10000
const t: Record<string, number> = {}
const timed = async <T>(k: string, f: () => Promise<T>): Promise<T> => { const a = performance.now(); const r = await f(); t[k] = (t[k] ?? 0) + performance.now() - a; return r }
const conv = { greeted: true, entry: null, flow: { at: { flow: 'main', step: 'menu' }, page: 0, trail: [], saved: {} }, list: { at: now, items: Array.from({ length: 6 }, (_, i) => ({ title: 'Dịch vụ công trực tuyến', payload: 'c:main:menu:' + i })) }, article: null, pending: null, pausedUntil: null, waitingSince: null, pace: { minute: 1, count: 2, futile: 0, futileSince: 0, told: false }, staleToldAt: null, pictureToldAt: null }
for (let round = 0; round < 2; round++) {
  for (const k of Object.keys(t)) t[k] = 0
  const c0 = process.cpuUsage(); const a = performance.now()
  for (let n = 0; n < N; n += B) {
    const events = Array.from({ length: B }, () => { const i = id++; return { id: `zalo:4300112233445566778:text:abcdef${i}`, contact: { channel: 'zalo' as const, accountId: '4300112233445566778', userId: String(9007199254740993000n + BigInt(i % people)) }, sentAt: now, receivedAt: now, orderAt: now, messageId: 'm' + i, kind: 'text' as const, text: 'menu' } })
    await timed('record', () => Promise.all(events.map((e) => store.recordEvents([e], now))))
    const claimed = await timed('claim', () => store.claimTurns(256, now, 60000))
    await timed('commit', () => Promise.all(claimed.map((c) => store.commitTurns([{ contactKey: c.contactKey, claim: c.claim, version: c.version, eventId: c.waiting[0]!.id, conversation: conv, deliveries: [{ id: c.waiting[0]!.id + '#1', origin: 'reply', part: { text: 'Bà con cần giúp việc gì?\n\n1. Dịch vụ công\n2. Thanh toán\n3. An toàn\n4. 10/10\n5. Gặp cán bộ\n(gõ số)', choices: conv.list.items.slice(0, 5) }, questionAt: now, questionMessageId: 'm' }], outcome: { day: '2026-11-21', account: 'zalo:4300112233445566778', entry: null, flow: 'main', step: 'menu', article: null, status: 'menu', handover: false, helpful: null } }], now))))
    const dels = await timed('claimD', () => store.claimDeliveries('zalo:4300112233445566778', 256, now, 60000))
    await timed('finish', () => Promise.all(dels.map((d) => store.finishDeliveries([{ id: d.id, claim: d.claim, end: { status: 'sent', platformMessageId: 'p' + d.id } }], now))))
  }
  const cpu = process.cpuUsage(c0)
  console.log(`batch ${B}: wall ${((performance.now() - a) * 1000 / N).toFixed(1)} us/msg, cpu ${((cpu.user + cpu.system) / N).toFixed(1)}`, Object.fromEntries(Object.entries(t).map(([k, v]) => [k, (v * 1000 / N).toFixed(1)])))
}
await store.close()
