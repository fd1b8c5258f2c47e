import { SECOND } from '../../../src/core/time.ts'
import { freePort } from '../../../src/node/port.ts'
import { approveByCommand, campaignId, openProcessWorld } from '../../campaign/process.ts'
import type { PostgresServer } from '../../support/postgres-server.ts'

const rate = { most: 30, within: SECOND }
const servers = 3

/**
 * One announcement by three servers that share the rate of one bot; in the middle the one that leads is killed. The stand-in
 * counts as the platform does, and the moments at which it took each message are counted once more here. False when a second
 * had too many, or somebody got it twice or not at all.
 */
export async function limit(server: PostgresServer, seconds: number): Promise<boolean> {
  await server.createDatabase('shared')
  const people = seconds * rate.most
  const world = await openProcessWorld({ people, rate, store: server.urlOf('shared') })
  const processes = []
  try {
    for (let n = 0; n < servers; n++) processes.push(await world.serve(await freePort()))
    await approveByCommand(world)
    const taken = (): number => world.telegram.tally.taken
    while (taken() === 0) await pause(10)
    const began = performance.now()
    while (taken() < people / 2) await pause(50)
    const killedAfter = performance.now() - began
    const [first, ...others] = processes
    first!.child.kill('SIGKILL')
    await first!.ended
    const watch = await world.open()
    while ((await watch.loadCampaign(campaignId))?.status !== 'finished' && performance.now() - began < 4 * seconds * SECOND) await pause(250)
    await watch.close()
    for (const { child } of others) child.kill('SIGTERM')
    for (const { ended } of others) await ended

    const moments = Array.from({ length: people }, (_, n) => world.telegram.received(world.contact(n).userId).map(({ at }) => at)).flat().toSorted((a, b) => a - b)
    const most = mostWithin(moments, rate.within)
    const differences = await world.differences(people)
    const share = ([from, to]: readonly [number, number]): string => {
      const counted = moments.filter((at) => at - moments[0]! >= from && at - moments[0]! < to).length
      return (counted / ((to - from) / SECOND * rate.most)).toFixed(2)
    }
    const { counts } = (await world.status()).posts[0]!
    console.log(`${servers} servers, "${rate.most} in any second", ${people} people: sent ${counts.sent}, unknown after the kill ${counts.uncertain}; most in any second ${most}, violations counted by the platform ${world.telegram.tally.tooFast}`)
    console.log(`one killed with -9 after ${(killedAfter / SECOND).toFixed(1)} s; share of what is permitted: before it ${share([0, killedAfter])}, in the ten seconds after it ${share([killedAfter, killedAfter + 10 * SECOND])}`)
    console.log(differences.length === 0 ? 'the ledger and the platform\'s own record agree; nobody left out, nobody twice' : `DIFFERENCES:\n${differences.slice(0, 20).join('\n')}`)
    return most <= rate.most && world.telegram.tally.tooFast === 0 && differences.length === 0
  } finally {
    for (const { child } of processes) child.kill('SIGKILL')
    await world.close()
  }
}

/** Most of the moments that fall into one span of this length, wherever it begins. */
function mostWithin(moments: readonly number[], length: number): number {
  let most = 0
  for (let from = 0, to = 0; from < moments.length; from++) {
    while (to < moments.length && moments[to]! < moments[from]! + length) to++
    most = Math.max(most, to - from)
  }
  return most
}

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))
