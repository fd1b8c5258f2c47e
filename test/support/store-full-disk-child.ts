/** Works with a store on a disk that fills up (`ulimit -f`), and tells as JSON what was promised: `node store-full-disk-child.ts <url>`. */
import { openStore } from '../../src/store/open.ts'
import { StoreUnavailable } from '../../src/store/ports.ts'
import { aReply, aText, LEASE, OA, person, storeOptions, T, turnOf } from './store-fixtures.ts'

const store = await openStore(process.argv[2] ?? '', storeOptions)

async function outcome(body: () => Promise<unknown>): Promise<unknown> {
  try {
    return await body()
  } catch (error) {
    return error instanceof StoreUnavailable ? 'unavailable' : `another error: ${String(error)}`
  }
}

// One reply waits, and a contact waits for a turn, from when there was room.
await store.recordEvents([aText(person(1), 'first')], T)
const [turn] = await store.claimTurns(1, T, LEASE)
await store.commitTurns([turnOf(turn!, { deliveries: [aReply(turn!.waiting[0]!.id)] })], T)
await store.recordEvents([aText(person(1), 'second')], T)

const acknowledged: string[] = []
let failure: unknown
for (let n = 0; n < 10_000; n++) {
  const events = [0, 1, 2, 3].map((k) => aText(person(100 + n), k, T, 'đầy '.repeat(500)))
  // The last of each four is only kept as it came.
  const results = await Promise.all(events.map((event, k) => outcome(async () => (k === 3 && await store.arrive?.(event, T) ? 'recorded' : (await store.recordEvents([event], T))[0]))))
  for (const [k, result] of results.entries()) if (result === 'recorded') acknowledged.push(events[k]!.id)
  failure = results.find((result) => result !== 'recorded')
  if (failure !== undefined) break
}
// The last free pages go to what needs only one.
for (let version = 0; (await outcome(() => store.writeEntry('filler', 'x', version))) === true; version++);
const whenFull = {
  record: failure,
  arrive: await outcome(() => store.arrive!(aText(person(2), 'late', T, 'đầy '.repeat(500)), T)),
  delivery: await outcome(() => store.claimDeliveries(OA, 10, T, LEASE)),
  turn: await outcome(() => store.claimTurns(10, T, LEASE)),
  entry: await outcome(() => store.writeEntry('token', 'new', 0)),
}
process.stdout.write(JSON.stringify({ acknowledged, whenFull }))
// As a killed process would: nothing is put in order.
process.kill(process.pid, 'SIGKILL')
