/**
 * `npm run bench -- campaign`: announcements at full rate, within limits and through kills. `quick` makes everything smaller.
 * 1. 100,000 rows planned; a citizen's reply without a campaign and at its full rate, in turns; a minute against a "30 in any second"
 *    limit whose every violation blocks for 3 s, with throttling faults: share of what was permitted, violations, memory.
 * 2. 100,000 people and thirty kills -9. `rate`: without this.
 *
 * Permitted is 30 for each second of the minute in which the platform had not told us to wait; the places that a kept one, the way
 * there and back and our own slowness cost are not taken off. More than 30 / (1 s + the time of a call) nobody can reach who counts a
 * place as free one second after its answer, and one of the thirty is kept for replies: 0.967 with calls of no time.
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

/** How long a citizen waits for a reply, asked over and over. Each asks once. */
async function replies(world: ProcessWorld): Promise<number[]> {
  const times: number[] = []
  for (const end = performance.now() + turn; performance.now() < end;) {
    const citizen = world.telegram.citizen(world.contact(many + 1_000 + asked++).userId)
    const before = citizen.received().length
    const began = performance.now()
    await citizen.says('menu')
    while (citizen.received().length === before && performance.now() - began < 10_000) await sleep(1)
    times.push(performance.now() - began)
    await sleep(100 + (asked % 7) * 30)
  }
  return times
}
let asked = 0

/** Without the campaign and beside it, turn by turn: what warms up, and what else the machine does, is in both. */
async function repliesInTurns(world: ProcessWorld): Promise<void> {
  const [without, beside] = [[] as number[], [] as number[]]
  await replies(world)
  for (let n = 0; n < turns; n++) {
    beside.push(...await replies(world))
    await set(world, 'pause', (taken) => taken === world.telegram.tally.taken)
    without.push(...await replies(world))
    await set(world, 'resume', (taken) => taken < world.telegram.tally.taken - 20)
  }
  const tell = (times: number[]): string => [0.5, 0.95].map((share) => `p${share * 100} ${percentile(times, share).toFixed(1)} ms`).join(', ')
  const ratio = (share: number): string => (percentile(beside, share) / percentile(without, share)).toFixed(2)
  console.log(`reply: without a campaign ${tell(without)} (${without.length}); at its full rate ${tell(beside)} (${beside.length}); ${ratio(0.5)} and ${ratio(0.95)} times as long, ${turns} turns each`)
}

/** Waits until it can be seen in what the stand-in has taken within a second. */
async function set(world: ProcessWorld, what: 'pause' | 'resume', holds: (taken: number) => boolean): Promise<void> {
  const { code, out } = await world.command('campaign', what, campaignId, '--as', 'Minh')
  if (code !== 0) throw new Error(out)
  for (let taken = -1; taken < 0 || !holds(taken);) {
    taken = world.telegram.tally.taken
    await sleep(1 * SECOND)
  }
}

async function rate(): Promise<void> {
  const world = await openProcessWorld({ people: many, rate: { most: 30, within: SECOND }, sync: 'full' })
  const server = await world.serve()
  try {
    await replies(world)
    const idleMemory = memoryOf(server.child.pid!)
    await approveByCommand(world)
    await planning(world)
    await repliesInTurns(world)

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

const turns = quick ? 3 : 5
const turn = (quick ? 5 : 10) * SECOND
const retryAfter = 2 * SECOND

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
if (!process.argv.includes('rate')) await killed()
process.exit()
