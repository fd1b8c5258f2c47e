/**
 * Plans and sends one campaign into a file that stands for the platform. Killed by its own hand right after the step it is told:
 * `node campaign-crash-child.ts <folder> <url> <step>:<nth> <now>`.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../src/store/open.ts'
import { batch, row, twoParts } from './campaign-fixtures.ts'
import { finishedAs, LEASE, OA, sent } from './store-fixtures.ts'

const [folder = '', url = '', killed = 'never:1', started = '0'] = process.argv.slice(2)
const [killStep, killNth] = killed.split(':')
const now = Number(started)
let passed = 0
const reach = (step: 'read' | 'planned' | 'claimed' | 'sent' | 'finished'): void => {
  if (step === killStep && ++passed === Number(killNth)) process.kill(process.pid, 'SIGKILL')
}

const store = await openStore(url, { role: 'server', now, waitingLimit: 100, keysKept: 1e12 })
for (;;) {
  const progress = await store.planProgress('dot', 'bai', OA)
  if (progress?.done === true) break
  const facts = await store.contactFacts(OA, progress?.after ?? null, 4, 'dot/bai')
  reach('read')
  const rows = facts.map((each) => row(each.contactKey, { parts: twoParts, dueAt: now }))
  const upTo = facts.at(-1)?.contactKey ?? 'zz'
  await store.planBatch(batch('dot', 'bai', rows, { after: progress?.after ?? null, upTo, done: facts.length === 0, now }))
  reach('planned')
}
for (;;) {
  const claimed = await store.claimCampaignDeliveries(OA, 3, now, LEASE)
  if (claimed.length === 0) break
  reach('claimed')
  for (const delivery of claimed) {
    // What may have gone out is never sent again by itself.
    const mayGo = !delivery.maybeSent
    if (mayGo) {
      appendFileSync(join(folder, 'sent.jsonl'), `${JSON.stringify(delivery.id)}\n`)
      reach('sent')
    }
    await store.finishDeliveries([mayGo ? sent(delivery) : finishedAs(delivery, { status: 'uncertain', reason: 'no_answer' })], now)
    reach('finished')
  }
}
await store.close()
