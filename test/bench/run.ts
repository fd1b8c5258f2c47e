/**
 * `npm run bench`: the server against a floor measured in the same run. Ratios, not absolute figures; medians of three
 * rounds, after everything has run for a while: V8 goes on compiling for some twenty seconds of full load. `npm run bench -- quick` makes shorter rounds, `-- sqlite` only that store, `-- campaign` measures announcements instead, `-- console` the staff's pages, `-- postgres` what `postgres/run.ts` says.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ackLoop, closedLoop, FarSide, openLoop, type Crowd } from './load.ts'
import { start } from './process.ts'
import { serverSettings } from './settings.ts'

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
const server = (name: string, store: string): Subject => ({ name, args: ['src/cli.ts', 'serve'], env: { ...settings, STORE: store } })
const subjects: Subject[] = [
  { name: 'floor', args: ['test/bench/floor.ts'], env: { FAR: origin } },
  server('sqlite normal', `sqlite:${folder}/normal.db?sync=normal`),
  server('sqlite full', `sqlite:${folder}/full.db`),
  server('file', `file:${folder}/file`),
].filter(({ name }) => name === 'floor' || process.argv.slice(2).every((arg) => arg === 'quick' || name.includes(arg)))

interface Row { name: string; rate: number; cpu: number; memory: number; ack: { p50: number; p99: number; bad: number }; slow: { p50: number; p99: number; bad: number }; bad: number }

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
// Below the ports that Linux hands to outgoing connections: the senders would take it.
let port = 21_000 + (process.pid % 1000)

async function run({ name, args, env }: Subject): Promise<Row> {
  port++
  const subject = await start(args, port, env)
  try {
    // Everybody is greeted first, so that each later message has exactly one reply.
    await closedLoop(port, far, crowd, senders, 60_000, crowd.people)
    await closedLoop(port, far, crowd, senders, warmUp)
    await settled()
    const rounds = []
    for (let round = 0; round < 3; round++) {
      const before = subject.cpu()
      const result = await closedLoop(port, far, crowd, senders, roundLength)
      rounds.push({ ...result, cpu: ((subject.cpu() - before) * 1000) / result.messages })
    }
    const memory = subject.memory()
    await settled()
    const ack = await openLoop(port, crowd, 500, roundLength)
    await settled()
    far.delay = 5_000
    const slow = await openLoop(port, crowd, 500, roundLength)
    far.delay = 0
    await settled()
    return {
      name, ack, slow, memory,
      rate: median(rounds.map(({ perSecond }) => perSecond)), cpu: median(rounds.map(({ cpu }) => cpu)),
      bad: rounds.reduce((sum, { bad }) => sum + bad, 0),
    }
  } finally {
    await subject.kill('SIGKILL')
  }
}

/** Until nothing has arrived at the far side for half a second. */
async function settled(): Promise<void> {
  for (let seen = -1; seen !== far.received;) {
    seen = far.received
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const rows: Row[] = []
for (const subject of subjects) rows.push(await run(subject))
const floor = rows[0]!
console.log('| | messages/s | share of floor | CPU µs/message | × floor | memory MiB | × floor | ack p50 / p99 ms | p50 × floor | far side 5 s: p99 ms | bad |')
console.log('|---|---|---|---|---|---|---|---|---|---|---|')
for (const { name, rate, cpu, memory, ack, slow, bad } of rows) {
  console.log(`| ${name} | ${rate.toFixed(0)} | ${(rate / floor.rate).toFixed(2)} | ${cpu.toFixed(0)} | ${(cpu / floor.cpu).toFixed(2)} | ${memory.toFixed(0)} | ${(memory / floor.memory).toFixed(2)} | ${ack.p50.toFixed(2)} / ${ack.p99.toFixed(1)} | ${(ack.p50 / floor.ack.p50).toFixed(2)} | ${slow.p99.toFixed(1)} | ${bad + ack.bad + slow.bad} |`)
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
