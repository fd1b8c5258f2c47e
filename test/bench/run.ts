/**
 * `npm run bench`: the server against a floor that is measured in turns with it. Ratios, not absolute figures; medians of three
 * rounds, after everything has run for a while: V8 goes on compiling for some twenty seconds of full load. `npm run bench -- quick` makes shorter rounds, `-- sqlite` only that store, `-- campaign` measures announcements instead, `-- console` the staff's pages, `-- postgres` what `postgres/run.ts` says.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ackLoop, closedLoop, FarSide, openLoop, type Crowd } from './load.ts'
import { start } from './process.ts'
import { serverCommand, serverSettings } from './settings.ts'

if (process.argv.includes('campaign')) await import('./campaign.ts')
if (process.argv.includes('console')) await import('./console.ts')
if (process.argv.includes('postgres')) await import('./postgres/run.ts')

const quick = process.argv.includes('quick')
const senders = 256
const roundLength = quick ? 3_000 : 8_000
const warmUp = quick ? 8_000 : 25_000
const crowd: Crowd = { people: 10_000, text: () => 'menu' }

const folder = mkdtempSync(join(tmpdir(), 'camnang-bench-'))
execFileSync('taskset', ['-cp', '1', String(process.pid)], { stdio: 'ignore' })

const far = new FarSide()
const farPort = await far.listen()
const origin = `http://127.0.0.1:${farPort}`
const settings = serverSettings(origin)

interface Subject { name: string; args: string[]; env: Record<string, string> }
const server = (name: string, store: string): Subject => ({ name, args: serverCommand, env: { ...settings, STORE: store } })
const floorSubject: Subject = { name: 'floor', args: ['test/bench/floor.ts'], env: { FAR: origin } }
const subjects: Subject[] = [
  server('sqlite normal', `sqlite:${folder}/normal.db?sync=normal`),
  server('sqlite full', `sqlite:${folder}/full.db`),
  server('file', `file:${folder}/file`),
].filter(({ name }) => process.argv.slice(2).every((arg) => arg === 'quick' || name.includes(arg)))

interface Round { rate: number; cpu: number }
interface Times { p50: number; p99: number; bad: number }
interface Running { name: string; subject: Awaited<ReturnType<typeof start>>; port: number }
/** `against`: the floor's, measured right before each of its own. */
interface Row { name: string; rounds: Round[]; against: Round[]; memory: number; ack: Times; floorAck: Times; slow: Times; bad: number }

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
// Below the ports that Linux hands to outgoing connections: the senders would take it.
let port = 21_000 + (process.pid % 1000)
let bad = 0

/** Everybody is greeted, so that each later message has exactly one reply, and what is hot is compiled. */
async function warmed({ port: at }: Running): Promise<void> {
  await closedLoop(at, far, crowd, senders, 60_000, crowd.people)
  await closedLoop(at, far, crowd, senders, warmUp)
  await settled()
}

async function fullLoad({ subject, port: at }: Running): Promise<Round> {
  const before = subject.cpu()
  const result = await closedLoop(at, far, crowd, senders, roundLength)
  bad += result.bad
  return { rate: result.perSecond, cpu: ((subject.cpu() - before) * 1000) / result.messages }
}

async function acknowledgements({ port: at }: Running): Promise<Times> {
  const times = await openLoop(at, crowd, 500, roundLength)
  await settled()
  return times
}

/** Each round of the floor and of the subject stand side by side: the machine may be another one a minute later. */
async function measure(running: Running, floor: Running): Promise<Row> {
  bad = 0
  const rounds: Round[] = []
  const against: Round[] = []
  for (let round = 0; round < 3; round++) {
    against.push(await fullLoad(floor))
    rounds.push(await fullLoad(running))
  }
  const memory = running.subject.memory()
  await settled()
  const floorAck = await acknowledgements(floor)
  const ack = await acknowledgements(running)
  far.delay = 5_000
  const slow = await acknowledgements(running)
  far.delay = 0
  await settled()
  return { name: running.name, rounds, against, memory, ack, floorAck, slow, bad }
}

/** Until nothing has arrived at the far side for half a second. */
async function settled(): Promise<void> {
  for (let seen = -1; seen !== far.received;) {
    seen = far.received
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Stopped however `body` ends. */
async function whileRunning<R>(subject: Subject, body: (running: Running) => Promise<R>): Promise<R> {
  port++
  const running = { name: subject.name, subject: await start(subject.args, port, subject.env), port }
  try {
    await warmed(running)
    return await body(running)
  } finally {
    await running.subject.kill('SIGKILL')
  }
}

/** Every start but the first finds compiled what it needs. */
async function compiledOnce({ args, env }: Subject): Promise<void> {
  const first = await start(args, ++port, env)
  await ackLoop(port, crowd, 1, 1)
  await first.kill('SIGTERM')
}

const rows: Row[] = []
await compiledOnce(server('first', `sqlite:${folder}/first.db`))
const floorMemory = await whileRunning(floorSubject, async (floor) => {
  for (const subject of subjects) rows.push(await whileRunning(subject, (running) => measure(running, floor)))
  return floor.subject.memory()
})

const ofFloor = ({ rounds, against }: Row, of: keyof Round): string => median(rounds.map((round, n) => round[of] / against[n]![of])).toFixed(2)
console.log('| | messages/s | share of floor | CPU µs/message | × floor | memory MiB | × floor | ack p50 / p99 ms | p50 × floor | far side 5 s: p99 ms | bad |')
console.log('|---|---|---|---|---|---|---|---|---|---|---|')
const allFloor = rows.flatMap(({ against }) => against)
const floorAcks = rows.map(({ floorAck }) => floorAck)
console.log(`| floor | ${median(allFloor.map(({ rate }) => rate)).toFixed(0)} | 1.00 | ${median(allFloor.map(({ cpu }) => cpu)).toFixed(0)} | 1.00 | ${floorMemory.toFixed(0)} | 1.00 | ${median(floorAcks.map(({ p50 }) => p50)).toFixed(2)} / ${median(floorAcks.map(({ p99 }) => p99)).toFixed(1)} | 1.00 | | ${floorAcks.reduce((sum, { bad: more }) => sum + more, 0)} |`)
for (const row of rows) {
  const { name, rounds, memory, ack, floorAck, slow } = row
  console.log(`| ${name} | ${median(rounds.map(({ rate }) => rate)).toFixed(0)} | ${ofFloor(row, 'rate')} | ${median(rounds.map(({ cpu }) => cpu)).toFixed(0)} | ${ofFloor(row, 'cpu')} | ${memory.toFixed(0)} | ${(memory / floorMemory).toFixed(2)} | ${ack.p50.toFixed(2)} / ${ack.p99.toFixed(1)} | ${(ack.p50 / floorAck.p50).toFixed(2)} | ${slow.p99.toFixed(1)} | ${row.bad + ack.bad + slow.bad} |`)
}

const restart = server('restart', `sqlite:${folder}/full.db`)
if (subjects.some(({ name }) => name === 'sqlite full')) {
  const began = performance.now()
  const again = await start(restart.args, ++port, restart.env)
  const { messages } = await ackLoop(port, crowd, 1, 1)
  console.log(`\nListening again after kill -9, ${crowd.people} contacts: ${again.millisecondsToListen.toFixed(0)} ms; a webhook that came at once recorded and answered after ${messages === 1 ? (performance.now() - began).toFixed(0) : '–'} ms`)
  await again.kill('SIGKILL')
}
far.server.close()
rmSync(folder, { recursive: true })
process.exit(0)
