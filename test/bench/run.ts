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
/** What the floor did is measured right before each of its own. */
interface Row { name: string; rounds: Pair<Round>[]; memory: number; acks: Pair<Times>[]; slow: Times; bad: number }
interface Pair<Measured> { floor: Measured; own: Measured }

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
  const times = await openLoop(at, crowd, 500, roundLength / 2)
  bad += times.bad
  await settled()
  return times
}

/** Each round of the floor and of the subject stand side by side: the machine may be another one a minute later. */
async function inTurns<Measured>(running: Running, floor: Running, measured: (running: Running) => Promise<Measured>): Promise<Pair<Measured>[]> {
  const pairs: Pair<Measured>[] = []
  for (let round = 0; round < 3; round++) pairs.push({ floor: await measured(floor), own: await measured(running) })
  return pairs
}

async function measure(running: Running, floor: Running): Promise<Row> {
  bad = 0
  const rounds = await inTurns(running, floor, fullLoad)
  const memory = running.subject.memory()
  await settled()
  const acks = await inTurns(running, floor, acknowledgements)
  far.delay = 5_000
  const slow = await acknowledgements(running)
  far.delay = 0
  await settled()
  return { name: running.name, rounds, memory, acks, slow, bad }
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

const middle = <Measured>(all: readonly Measured[], of: (measured: Measured) => number): number => median(all.map(of))
const allRounds = rows.flatMap(({ rounds }) => rounds.map(({ floor }) => floor))
const allAcks = rows.flatMap(({ acks }) => acks.map(({ floor }) => floor))
/** In the middle round; of p99 the worst one too, since stalls are rare. */
const ackText = (times: readonly Times[]): string => `${middle(times, ({ p50 }) => p50).toFixed(2)} / ${middle(times, ({ p99 }) => p99).toFixed(1)} / ${Math.max(...times.map(({ p99 }) => p99)).toFixed(1)}`
console.log('| | messages/s | share of floor | CPU µs/message | × floor | memory MiB | × floor | ack ms: p50 / p99 / worst p99 | p50 × floor | far side 5 s: p99 ms | bad |')
console.log('|---|---|---|---|---|---|---|---|---|---|---|')
console.log(`| floor | ${middle(allRounds, ({ rate }) => rate).toFixed(0)} | 1.00 | ${middle(allRounds, ({ cpu }) => cpu).toFixed(0)} | 1.00 | ${floorMemory.toFixed(0)} | 1.00 | ${ackText(allAcks)} | 1.00 | | ${allAcks.reduce((sum, { bad: more }) => sum + more, 0)} |`)
for (const { name, rounds, memory, acks, slow, bad: missed } of rows) {
  const own = rounds.map((pair) => pair.own)
  console.log(`| ${name} | ${middle(own, ({ rate }) => rate).toFixed(0)} | ${middle(rounds, (pair) => pair.own.rate / pair.floor.rate).toFixed(2)} | ${middle(own, ({ cpu }) => cpu).toFixed(0)} | ${middle(rounds, (pair) => pair.own.cpu / pair.floor.cpu).toFixed(2)} | ${memory.toFixed(0)} | ${(memory / floorMemory).toFixed(2)} | ${ackText(acks.map((pair) => pair.own))} | ${middle(acks, (pair) => pair.own.p50 / pair.floor.p50).toFixed(2)} | ${slow.p99.toFixed(1)} | ${missed} |`)
}

/** How long whoever was killed with -9 takes to listen, and until a webhook that came at once is recorded and answered. */
async function again(store: string, people: number): Promise<void> {
  const { args, env } = server('restart', store)
  const began = performance.now()
  const restarted = await start(args, ++port, env)
  const { messages } = await ackLoop(port, { ...crowd, people }, 1, 1)
  console.log(`\nListening again after kill -9, ${people} contacts: ${restarted.millisecondsToListen.toFixed(0)} ms; a webhook that came at once recorded and answered after ${messages === 1 ? (performance.now() - began).toFixed(0) : '–'} ms`)
  await restarted.kill('SIGKILL')
}

/** Killed while it still works on the last messages. */
async function killedAmong(store: string, people: number): Promise<void> {
  const { args, env } = server('killed', store)
  const killed = await start(args, ++port, env)
  await closedLoop(port, far, { ...crowd, people }, senders, 300_000, people)
  await killed.kill('SIGKILL')
}

if (subjects.some(({ name }) => name === 'sqlite full')) {
  await again(`sqlite:${folder}/full.db`, crowd.people)
  if (!quick) {
    const many = `sqlite:${folder}/many.db?sync=normal`
    await killedAmong(many, 100_000)
    await again(many, 100_000)
  }
}
far.server.close()
rmSync(folder, { recursive: true })
process.exit(0)
