/**
 * How the PostgreSQL store does on a big set: plans of every hot statement, and the rate of messages beside it.
 * `node test/bench/postgres.ts [contacts] [deliveries] [url]`, e.g. `100000 500000`; without a URL it starts a server of its own, durable as a real one.
 * Prints for each statement the time and the scans of its plan (`auto_explain`, so as the store really sends it), then messages a second with 1, 2 and 3 stores at once. Exits with 1 when a plan walks a whole large table.
 */
import pg from 'pg'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { startPostgres } from '../support/postgres-server.ts'
import { anEvent, anOutcome, aReply, aText, LEASE, OA, person, sent, storeOptions, T, turnOf } from '../support/store-fixtures.ts'

const contacts = Number(process.argv[2] ?? 100_000)
const deliveries = Number(process.argv[3] ?? 500_000)
const given = process.argv[4]
const logged: string[] = []
const server = given === undefined ? await startPostgres('machine', (line) => logged.push(line)) : null
await server?.createDatabase('bench')
const url = given ?? server!.urlOf('bench')
const account = OA.slice(OA.indexOf(':') + 1)
/** As the store makes its keys look; nobody writes as these contacts. */
const key = (n: string): string => `substr(md5((${n})::text), 1, 22)`

const failed = await measure().finally(() => server?.stop())
process.exitCode = failed ? 1 : 0

async function measure(): Promise<boolean> {
  const stores = [await openStore(url, storeOptions)]
  const client = new pg.Client({ connectionString: url, options: '-c search_path=camnang' })
  // Its end is told by whoever waits for an answer.
  client.on('error', () => undefined)
  await client.connect()
  console.log(`empty: ${await rate(stores, 'e')} messages/s with one store`)
  await fill(client)
  const bad = tellPlans(await plansOf())
  for (let n = 1; n <= 3; n++) {
    while (stores.length < n) stores.push(await openStore(url, storeOptions))
    console.log(`${contacts} contacts, ${deliveries} deliveries: ${await rate(stores, `f${n}`)} messages/s with ${n} stores in this process`)
  }
  await client.end()
  for (const store of stores) await store.close()
  return bad
}

/** Handled contacts with their history, a backlog of campaign rows, and some people who wait. */
async function fill(client: pg.Client): Promise<void> {
  const began = performance.now()
  const accountId = (await client.query('select id from accounts where account = $1', [OA])).rows[0].id as number
  await client.query(`
    insert into contacts (contact_key, account_id, user_id, first_seen_at, last_inbound_at, last_event_at, last_event_day, version, conversation)
    select ${key('n')}, ${accountId}, 'u' || n, ${T}, ${T} - n, ${T} - n, (${T} - n) / 86400000, 3, repeat('{"flow":"main"}', 30) from generate_series(1, ${contacts}) n`)
  await client.query(`
    insert into events (id, contact_id, account_id, status, kind, sent_at, received_at, order_at, settled_at, body)
    select 'zalo:${account}:text:b' || n, c.id, ${accountId}, 'handled', 'text', ${T} - n, ${T} - n, ${T} - n, ${T} - n, '{"kind":"text","text":"làm khai sinh cho con ở đâu"}'
    from generate_series(1, ${deliveries}) n join contacts c on c.contact_key = ${key(`(n % ${contacts}) + 1`)}`)
  await client.query(`
    insert into deliveries (id, contact_id, account_id, origin, status, queued_at, noted_at, due_at, finished_at, part, platform_message_id)
    select 'zalo:${account}:text:b' || n || '#0', c.id, ${accountId}, 0, 'sent', ${T} - n, ${T} - n, null, ${T} - n, '{"text":"Bà con đến Ủy ban nhân dân xã."}', 'p' || n
    from generate_series(1, ${deliveries}) n join contacts c on c.contact_key = ${key(`(n % ${contacts}) + 1`)}`)
  await client.query(`
    insert into deliveries (id, contact_id, account_id, origin, status, queued_at, noted_at, due_at, part)
    select 'tet/bai:' || ${key('n')} || '#1', c.id, ${accountId}, 2, 'queued', ${T}, ${T}, ${T} + 86400000, '{"text":"Mời bà con"}'
    from generate_series(1, ${Math.ceil(contacts / 2)}) n join contacts c on c.contact_key = ${key('n')}`)
  await client.query('vacuum analyze')
  console.log(`filled in ${Math.round(performance.now() - began)} ms`)
}

/** Each message: recorded and claimed, committed with one reply that is claimed, finished. Many at a time, as a peak is. */
async function rate(stores: readonly Store[], name: string, seconds = 6, together = 200): Promise<number> {
  const until = performance.now() + seconds * 1_000
  const began = performance.now()
  let done = 0
  const worker = async (store: Store, nth: number): Promise<void> => {
    for (let n = 0; performance.now() < until; n++) {
      const who = person(nth * 1_000_000 + n)
      const { claimed } = await store.recordAndClaim([aText({ ...who, userId: `${name}-${who.userId}` }, n)], T, LEASE)
      const turn = turnOf(claimed[0]!, { deliveries: [aReply(claimed[0]!.waiting[0]!.id)], outcome: anOutcome() })
      const [committed] = await store.commitAndClaim([turn], T, { lease: LEASE, deliveries: true })
      await store.finishAndClaim([sent(committed!.delivery!)], T, LEASE)
      done++
    }
  }
  await Promise.all(stores.flatMap((store, s) => Array.from({ length: together }, (_, n) => worker(store, s * together + n))))
  return Math.round(done / ((performance.now() - began) / 1_000))
}

/** How a statement was carried out the last time. */
interface Plan { statement: string; milliseconds: number; nodes: string[] }

/** Does everything a server does, several times, on connections whose plans PostgreSQL logs. */
async function plansOf(): Promise<Plan[]> {
  const settings = ['session_preload_libraries=auto_explain', 'auto_explain.log_min_duration=0', 'auto_explain.log_analyze=on', 'auto_explain.log_nested_statements=on']
  const store = await openStore(`${url}?options=${encodeURIComponent(settings.map((setting) => `-c ${setting}`).join(' '))}`, storeOptions)
  for (let round = 0; round < 3; round++) await everything(store, round)
  await store.close()
  return readPlans(logged)
}

async function everything(store: Store, round: number): Promise<void> {
  const people = Array.from({ length: 100 }, (_, n) => ({ ...person(n), userId: `plan-${round}-${n}` }))
  const first = await store.recordAndClaim(people.map((one, n) => aText(one, n)), T, LEASE)
  const committed = await store.commitAndClaim(first.claimed.map((turn) => turnOf(turn, {
    deliveries: [0, 1].map((n) => aReply(turn.waiting[0]!.id, n)), outcome: anOutcome(), handover: { kind: 'open', reason: 'asked' }, cancelReplies: 'staff_answered',
  })), T, { lease: LEASE, deliveries: true })
  await store.finishAndClaim(committed.map(({ delivery }) => sent(delivery!)), T, LEASE)
  await store.recordEvents([...people.map((one, n) => aText(one, `again-${n}`)), ...people.map((one, n) => aText(one, `more-${n}`))], T)
  await store.recordEvents(people.flatMap((one, n) => [
    anEvent(one, `e${n}`, T, { kind: 'echo', deliveryId: `${first.claimed[n]!.waiting[0]!.id}#1`, platformMessageId: 'p' }),
    anEvent(one, `r${n}`, T, { kind: 'receipt', status: 'read', platformMessageIds: ['p1'], readUpTo: T }),
  ]), T)
  await store.nextDueAt()
  await store.load(T)
  const turns = await store.claimTurns(100, T, LEASE)
  await store.renewTurns(turns.map(({ claim }) => claim), T, LEASE)
  await store.commitTurns(turns.map((turn) => turnOf(turn, { keepClaim: true, deliveries: [aReply(turn.waiting[0]!.id)] })), T)
  await store.failTurn({ contactKey: turns[0]!.contactKey, claim: turns[0]!.claim, eventId: turns[0]!.waiting[1]!.id, cause: 'x', then: { dead: true } }, T)
  await store.dueAccounts(T)
  await store.finishDeliveries((await store.claimDeliveries(OA, 100, T, LEASE)).map(sent), T)
  await store.contactFacts(OA, null, 100, null)
  await store.claimCampaignDeliveries(OA, 100, T, LEASE)
  await store.sweep({ eventText: 1_000, replyText: 1_000, idleContact: 1_000, campaignKey: 1_000, dedupeKey: 1_000, unanswered: 1_000, audit: 1_000 }, T - contacts / 2, 100)
  await store.exportContact(store.keyOf(people[0]!))
  await store.forgetContact(store.keyOf(people[0]!), T)
  await store.listHandovers({ open: true, limit: 50 })
}

/** The last plan of each statement, in the order in which they first came. */
function readPlans(lines: readonly string[]): Plan[] {
  const plans = new Map<string, Plan>()
  for (const entry of lines.join('\n').split(/\n(?=\d{4}-\d\d-\d\d )/)) {
    const [, milliseconds, text] = /duration: ([\d.]+) ms {2}plan:\n\tQuery Text: ([\s\S]*)/.exec(entry) ?? []
    if (milliseconds === undefined || text === undefined) continue
    const plan = text.split('\n').map((line) => line.trim())
    const start = plan.findIndex((line) => /\(cost=/.test(line))
    const statement = plan.slice(0, start).join(' ').replace(/Query Parameters:.*/s, '').replaceAll(/\s+/g, ' ').trim()
    const nodes = plan.slice(start).flatMap((line) => {
      const [, node, rows] = /((?:Bitmap |Parallel )?(?:Index|Heap|Seq|Index Only|Bitmap Index) Scan[^(]*?) *\(cost.*?(?:rows=([\d.]+) loops|never executed)/.exec(line) ?? []
      return node === undefined ? [] : [`${node}${rows === undefined ? ' (not needed)' : ''}`]
    })
    plans.set(statement, { statement, milliseconds: Number(milliseconds), nodes })
  }
  return [...plans.values()]
}

/** True when one of them walks a whole large table. */
function tellPlans(plans: readonly Plan[]): boolean {
  let bad = false
  for (const { statement, milliseconds, nodes } of plans) {
    const walks = nodes.some((node) => /Seq Scan on (contacts|events|deliveries)\b/.test(node) && !node.includes('not needed'))
    bad ||= walks
    console.log(`${walks ? '!! ' : ''}${milliseconds.toFixed(1).padStart(7)} ms  ${statement.slice(0, 110)}\n            ${[...new Set(nodes)].join('; ')}`)
  }
  return bad
}
