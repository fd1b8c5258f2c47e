/**
 * `npm run bench -- campaign`: announcements at full rate, within limits and through kills. `quick` makes everything smaller.
 * 1. 100,000 rows planned; a citizen's reply without a campaign and at its full rate; a minute against a "30 in any second" limit
 *    whose every violation blocks for 3 s, with throttling faults: share of what was permitted, violations, memory.
 * 2. 100,000 people and thirty kills -9.
 */
import { performance } from 'node:perf_hooks'
import { readFileSync } from 'node:fs'
import { SECOND } from '../../src/core/time.ts'
import { approveByCommand, campaignId, openProcessWorld, serveAndKill, type ProcessWorld } from '../campaign/process.ts'

const quick = process.argv.includes('quick')
const minute = (quick ? 15 : 60) * SECOND
const many = quick ? 5_000 : 100_000
const kills = quick ? 5 : 30

const sleep = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))
const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
const percentile = (values: number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

/** How long a citizen waits for a reply, asked over and over. */
async function replies(world: ProcessWorld, from: number, until: () => boolean): Promise<number[]> {
  const times: number[] = []
  for (let n = from; !until(); n++) {
    const citizen = world.telegram.citizen(world.contact(n).userId)
    const before = citizen.received().length
    const began = performance.now()
    await citizen.says('menu')
    while (citizen.received().length === before && performance.now() - began < 10_000) await sleep(2)
    times.push(performance.now() - began)
    await sleep(500)
  }
  return times
}

async function rate(): Promise<void> {
  const world = await openProcessWorld({ people: many, rate: { most: 30, within: SECOND }, sync: 'full' })
  const server = await world.serve()
  try {
    const quietTimes = await replies(world, many + 1_000, after(stretch))
    const idleMemory = memoryOf(server.child.pid!)
    await approveByCommand(world)
    await planning(world)
    const busyTimes = await replies(world, many + 5_000, after(stretch))
    console.log(`reply: without a campaign p50 ${percentile(quietTimes, 0.5).toFixed(0)} ms, p95 ${percentile(quietTimes, 0.95).toFixed(0)} ms; at full rate p50 ${percentile(busyTimes, 0.5).toFixed(0)} ms, p95 ${percentile(busyTimes, 0.95).toFixed(0)} ms`)

    const [begin, before] = [performance.now(), world.telegram.tally.taken]
    let [most, faults] = [0, 0]
    while (performance.now() - begin < minute) {
      await sleep(250)
      most = Math.max(most, memoryOf(server.child.pid!))
      if (performance.now() - begin < (faults + 0.5) * (minute / 4)) continue
      // The platform asks for a wait: nothing is permitted meanwhile.
      faults++
      world.telegram.fault({ kind: 'throttle', times: 1, retryAfter })
    }
    const elapsed = performance.now() - begin
    const [taken, permitted] = [world.telegram.tally.taken - before, ((elapsed - faults * retryAfter) / SECOND) * 30]
    console.log(`rate: ${taken} taken of ${permitted.toFixed(0)} permitted in ${(elapsed / SECOND).toFixed(1)} s with ${faults} throttling faults of ${retryAfter / SECOND} s: ${(taken / permitted).toFixed(3)}; violations ${world.telegram.tally.tooFast}`)
    console.log(`memory: idle ${idleMemory.toFixed(0)} MiB, most while sending ${most.toFixed(0)} MiB`)
  } finally {
    server.child.kill('SIGKILL')
    await server.ended
    await world.close()
  }
}

const stretch = (quick ? 8 : 20) * SECOND
const retryAfter = 2 * SECOND

function after(time: number): () => boolean {
  const end = performance.now() + time
  return () => performance.now() >= end
}

/** From the first batch to the last. */
async function planning(world: ProcessWorld): Promise<void> {
  const watch = await world.open()
  const progress = async (): Promise<{ planned: number; done: boolean }> => (await watch.planProgress(campaignId, 'mo-dau', 'telegram:7000000001')) ?? { planned: 0, done: false }
  while ((await progress()).planned === 0) await sleep(2)
  const [began, before] = [performance.now(), (await progress()).planned]
  while (!(await progress()).done) await sleep(10)
  console.log(`planned: ${many - before} rows in ${((performance.now() - began) / SECOND).toFixed(2)} s`)
  await watch.close()
}

async function killed(): Promise<void> {
  const world = await openProcessWorld({ people: many, rate: { most: 600, within: SECOND }, sync: 'normal' })
  try {
    await approveByCommand(world)
    const start = performance.now()
    const done = await serveAndKill(world, Math.floor(many / (kills + 2)), kills, Date.now() + 40 * 60 * SECOND)
    const { counts } = (await world.status()).posts[0]!
    const differences = await world.differences(many)
    console.log(`kill: ${many} people, ${done} kills, ${((performance.now() - start) / SECOND).toFixed(0)} s: sent ${counts.sent}, uncertain ${counts.uncertain}, failed ${counts.failed}, violations ${world.telegram.tally.tooFast}`)
    console.log(differences.length === 0 ? 'the ledger and the stand-in’s own record agree to the unit; nobody left out, nobody twice' : `DIFFERENCES:\n${differences.slice(0, 20).join('\n')}`)
    if (differences.length > 0) process.exitCode = 1
  } finally {
    await world.close()
  }
}

await rate()
await killed()
process.exit()
