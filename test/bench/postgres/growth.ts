import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openStore } from '../../../src/store/open.ts'
import type { PostgresServer } from '../../support/postgres-server.ts'
import { storeOptions } from '../../support/store-fixtures.ts'
import { ackLoop, closedLoop, contactOf, FarSide, openLoop, type Crowd } from '../load.ts'
import { start, type Measured } from '../process.ts'
import { serverCommand, serverSettings } from '../settings.ts'
import { fill } from './fill.ts'

/** Of each contact so many deliveries and events stand in the tables. */
const perContact = 5
const senders = 256
/** Messages a second of an ordinary busy hour. */
const calm = 100
const firstPort = 22_000 + (process.pid % 1_000)

/** One set of servers on one database, or the floor. */
interface Subject {
  name: string
  ports: number[]
  processes: Measured[]
  crowd: Crowd
  rounds: { perSecond: number; server: number; database: number; bad: number }[]
}

export interface Lengths { sizes: readonly number[]; warmUp: number; round: number; rounds: number }
export const whole: Lengths = { sizes: [10_000, 100_000, 1_000_000], warmUp: 20_000, round: 6_000, rounds: 5 }
export const short: Lengths = { sizes: [10_000, 100_000], warmUp: 8_000, round: 3_000, rounds: 3 }

/**
 * Messages a second, end to end: webhooks in, replies out, by real servers on databases of several sizes, and by the floor of
 * `npm run bench`. All stand ready at once and are measured in turn, round after round, so that whatever else this machine does
 * hits all of them.
 */
export async function growth(server: PostgresServer, { sizes, warmUp, round, rounds }: Lengths): Promise<void> {
  const far = new FarSide()
  const origin = `http://127.0.0.1:${await far.listen()}`
  const largest = sizes.at(-1)!
  const running: Measured[] = []
  let port = firstPort
  const folder = mkdtempSync(join(tmpdir(), 'camnang-growth-'))
  const serveOn = async (store: string): Promise<{ port: number; process: Measured }> => {
    const process = await start(serverCommand, ++port, { ...serverSettings(origin), STORE: store }, '0,1')
    running.push(process)
    return { port, process }
  }
  const serve = (size: number): Promise<{ port: number; process: Measured }> => serveOn(server.urlOf(nameOf(size)))
  try {
    for (const size of sizes) await prepare(server, size, far, serve)
    const floor = await start(['test/bench/floor.ts'], ++port, { FAR: origin })
    running.push(floor)
    const subjects: Subject[] = [{ name: 'floor', ports: [port], processes: [floor], crowd: crowdOf(sizes[0]!), rounds: [] }]
    const embedded = await serveOn(`sqlite:${folder}/camnang.db`)
    await closedLoop(embedded.port, far, crowdOf(sizes[0]!), senders, 120_000, sizes[0]!)
    subjects.push({ name: `SQLite, ${sizes[0]} contacts, 1 process`, ports: [embedded.port], processes: [embedded.process], crowd: crowdOf(sizes[0]!), rounds: [] })
    for (const size of sizes) {
      const first = await serve(size)
      subjects.push({ name: `PostgreSQL, ${size} contacts, 1 process`, ports: [first.port], processes: [first.process], crowd: crowdOf(size), rounds: [] })
    }
    for (const processes of [2, 3]) {
      const before = subjects.at(-1)!
      const more = await serve(largest)
      subjects.push({ name: `PostgreSQL, ${largest} contacts, ${processes} processes`, ports: [...before.ports, more.port], processes: [...before.processes, more.process], crowd: before.crowd, rounds: [] })
    }
    const database = await postmasterOf(server.urlOf('postgres'))
    for (const { ports, crowd } of subjects) {
      await closedLoop(ports.at(-1)!, far, crowd, senders, warmUp)
      await settled(far)
    }
    for (let n = 0; n < rounds; n++) {
      for (const subject of subjects) subject.rounds.push(await measured(subject, far, round, database))
    }
    tellRates(subjects)
    tellWanted(subjects)
    await tellCalm(subjects.filter(({ ports, name }) => ports.length === 1 && name !== 'floor'), far, round)
    await tellAcks(subjects.filter(({ crowd }) => crowd.people === largest), far, round, rounds)
  } finally {
    for (const process of running) await process.kill('SIGKILL')
    far.server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const nameOf = (size: number): string => `growth_${size}`
const crowdOf = (people: number): Crowd => ({ people, text: () => 'menu' })

/** Makes the database and fills it with people whose conversations stand as a server leaves them. */
async function prepare(server: PostgresServer, contacts: number, far: FarSide, serve: (size: number) => Promise<{ port: number; process: Measured }>): Promise<void> {
  const began = performance.now()
  await server.createDatabase(nameOf(contacts))
  const { port, process } = await serve(contacts)
  const first = 3
  for (let n = 0; n < 2; n++) await closedLoop(port, far, crowdOf(first), first, 20_000, first)
  await settled(far)
  await process.kill()
  const url = server.urlOf(nameOf(contacts))
  const store = await openStore(url, { ...storeOptions, role: 'tool', now: Date.now() })
  const client = new pg.Client({ connectionString: url, options: '-c search_path=camnang' })
  // Its end is told by whoever waits for an answer.
  client.on('error', () => undefined)
  await client.connect()
  const { rows: [left] } = await client.query<{ conversation: string }>('select conversation from contacts where conversation is not null limit 1')
  await fill(client, { contacts: contacts - first, deliveries: contacts * perContact, now: Date.now(), first, contactOf, keyOf: store.keyOf, conversation: left!.conversation, underWay: false })
  const { rows: [size] } = await client.query<{ size: string }>(`select pg_size_pretty(pg_database_size(current_database())) as size`)
  await client.end()
  await store.close()
  console.log(`${contacts} contacts, ${contacts * perContact} deliveries: ${size!.size}, filled in ${((performance.now() - began) / 1_000).toFixed(0)} s`)
}

async function measured({ name, ports, processes, crowd }: Subject, far: FarSide, length: number, database: number): Promise<Subject['rounds'][number]> {
  // As in `npm run bench`: the load beside the floor on a core of its own; a database needs both.
  pinLoad(name === 'floor' ? '1' : '0,1')
  const cpu = (): number => processes.reduce((sum, process) => sum + process.cpu(), 0)
  const [own, theirs] = [cpu(), cpuOfChildren(database)]
  const { perSecond, messages, bad } = await closedLoop(ports, far, crowd, senders, length)
  const each = (milliseconds: number): number => (milliseconds * 1_000) / messages
  const result = { perSecond, server: each(cpu() - own), database: each(cpuOfChildren(database) - theirs), bad }
  await settled(far)
  pinLoad('0,1')
  return result
}

const pinLoad = (cores: string): void => void execFileSync('taskset', ['-acp', cores, String(process.pid)], { stdio: 'ignore' })

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)
const median = (values: readonly number[]): number => sorted(values)[values.length >> 1]!
const spread = (values: readonly number[], digits = 0): string => `${median(values).toFixed(digits)} (${sorted(values)[0]!.toFixed(digits)}–${sorted(values).at(-1)!.toFixed(digits)})`

/** Medians, with the smallest and the largest; ratios are formed within each round. */
function tellRates(subjects: readonly Subject[]): void {
  const [floor, , smallest] = subjects as [Subject, Subject, Subject]
  const ratio = (subject: Subject, to: Subject): string => spread(subject.rounds.map(({ perSecond }, n) => perSecond / to.rounds[n]!.perSecond), 2)
  console.log('\n| | replies/s | of the floor | of PostgreSQL with the fewest contacts | CPU µs/message: servers | PostgreSQL | bad |')
  console.log('|---|---|---|---|---|---|---|')
  for (const subject of subjects) {
    const { name, rounds } = subject
    const onPostgres = name.startsWith('PostgreSQL')
    const column = (of: 'perSecond' | 'server' | 'database'): string => spread(rounds.map((round) => round[of]))
    console.log(`| ${name} | ${column('perSecond')} | ${ratio(subject, floor)} | ${onPostgres ? ratio(subject, smallest) : ''} | ${column('server')} | ${onPostgres ? column('database') : ''} | ${rounds.reduce((sum, { bad }) => sum + bad, 0)} |`)
  }
}

/** What one process is asked for, and whether it gives it. */
function tellWanted(subjects: readonly Subject[]): void {
  const [floor, , ...onPostgres] = subjects as [Subject, Subject, ...Subject[]]
  const alone = onPostgres.filter(({ ports }) => ports.length === 1)
  const ratio = (subject: Subject, to: Subject): number => median(subject.rounds.map(({ perSecond }, n) => perSecond / to.rounds[n]!.perSecond))
  const told = (ratios: readonly number[], wanted: number): string => ratios.map((one, n) => `${alone[n]!.crowd.people} contacts ${one.toFixed(3)}${one < wanted ? ' (missed)' : ''}`).join(', ')
  console.log(`\nOf one process at least 0.15 of the floor is wanted: ${told(alone.map((one) => ratio(one, floor)), 0.15)}; and at least 0.9 of its rate with the fewest contacts: ${told(alone.map((one) => ratio(one, alone[0]!)), 0.9)}.`)
}

/** How long the platform waits for its 200 when there is time for everybody. */
async function tellCalm(subjects: readonly Subject[], far: FarSide, length: number): Promise<void> {
  console.log(`\n| ${calm} messages/s come | 200 after p50 / p99 ms | bad |`)
  console.log('|---|---|---|')
  for (const { name, ports, crowd } of subjects) {
    const { p50, p99, bad } = await openLoop(ports[0]!, crowd, calm, length)
    await settled(far)
    console.log(`| ${name} | ${p50.toFixed(1)} / ${p99.toFixed(1)} | ${bad} |`)
  }
}

/** What is taken in when nobody waits for the reply; what is left over is handled before the next round begins. */
async function tellAcks(subjects: readonly Subject[], far: FarSide, length: number, rounds: number): Promise<void> {
  console.log('\n| | acknowledged/s | bad |')
  console.log('|---|---|---|')
  for (const { name, ports, crowd } of subjects) {
    const results = []
    for (let n = 0; n < rounds; n++) {
      results.push(await ackLoop(ports, crowd, senders, length / 2))
      await settled(far)
    }
    console.log(`| ${name} | ${spread(results.map(({ perSecond }) => perSecond))} | ${results.reduce((sum, { bad }) => sum + bad, 0)} |`)
  }
}

/** Until nothing has arrived at the far side for half a second. */
async function settled(far: FarSide): Promise<void> {
  for (let seen = -1; seen !== far.received;) {
    seen = far.received
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** The number of the process that all of PostgreSQL's others are children of. */
async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows: [row] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = stateOf(row!.pid)!.parent
  await client.end()
  return postmaster
}

/** CPU that all children of a process have used so far, those that have ended too, in milliseconds. */
const cpuOfChildren = (parent: number): number =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(stateOf).reduce((sum, state) => sum + (state?.parent === parent ? state.cpu : 0), stateOf(parent)?.ended ?? 0)

/** Of a process by its number: its parent, the CPU it has used, and that of its children that have ended, in milliseconds. Null when it is gone. */
function stateOf(pid: number | string): { parent: number; cpu: number; ended: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number)
    return { parent: fields[1]!, cpu: (fields[11]! + fields[12]!) * 10, ended: (fields[13]! + fields[14]!) * 10 }
  } catch {
    return null
  }
}
