import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { campaignStatus } from '../../src/campaign/figures.ts'
import type { StatusShape } from '../../src/campaign/forecast.ts'
import type { RateLimit } from '../../src/campaign/rules.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import type { Contact } from '../../src/core/contact.ts'
import { silentLog } from '../../src/core/ports.ts'
import { DAY, HOUR, MINUTE, vietnamDay } from '../../src/core/time.ts'
import { freePort } from '../../src/node/port.ts'
import type { Platform } from '../../src/sandbox/platform.ts'
import { makeSandboxSecrets, type SandboxSecrets } from '../../src/sandbox/secrets.ts'
import { startSandbox, type Sandbox } from '../../src/sandbox/start.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { fewWords } from '../support/few-words.ts'
import { processEnv, startProcess, type ServerProcess } from '../support/server-process.ts'

/** A campaign in a real server process on a real store, against the stand-ins in this process. */

export const campaignId = 'dot-thu'
const botId = '7000000001'

const secretsOf = (): SandboxSecrets => {
  const made = makeSandboxSecrets()
  return { ...made, telegram: { ...made.telegram, botId, token: `${botId}:${made.telegram.token.split(':')[1]!}` } }
}

export interface ProcessWorld {
  folder: string
  storeUrl: string
  env: Record<string, string>
  sandbox: Sandbox
  telegram: Platform
  port: number
  /** People are numbered from 0. */
  contact(n: number): Contact
  /** Runs `camnang …`; its output and exit code. */
  command(...args: string[]): Promise<{ code: number | null; out: string }>
  /** On `port`, where it is not the one that the stand-ins write to. */
  serve(port?: number): Promise<ServerProcess>
  status(): Promise<StatusShape>
  /** What was sent to whom by the stand-in's own record, against what the store says. Empty: they agree. */
  differences(people: number): Promise<string[]>
  open(): Promise<Store>
  close(): Promise<void>
}

/** `rate`: of the account by the rules, and of the stand-in. `store`: an address instead of a SQLite file with this `sync`. */
export async function openProcessWorld({ people, rate, ...on }: { people: number; rate: RateLimit } & ({ sync: 'normal' | 'full' } | { store: string })): Promise<ProcessWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'camnang-campaign-process-'))
  const port = await freePort()
  const secrets = secretsOf()
  const sandbox = await startSandbox({ target: `http://127.0.0.1:${port}`, port: 0, now: Date.now, log: silentLog, secrets, rateLimit: rate })
  const telegram = sandbox.platforms.telegram
  const storeUrl = 'store' in on ? on.store : `sqlite:${folder}/store.db?sync=${on.sync}`
  writeContent(folder, rate)
  const env: Record<string, string> = {
    HOME: process.env['HOME'] ?? folder, NODE_ENV: 'production', LOG_LEVEL: 'warn', SANDBOX: '0', STORE: storeUrl, PORT: String(port), PUBLIC_URL: 'https://bot.vidu.example',
    ...fewWords, CONTENT_DIR: join(folder, 'content'), QUIET_HOURS: 'off', CAMPAIGN_PAUSE_SHARE: '100', CAMPAIGN_PAUSE_IN_ROW: '100000',
    TELEGRAM_BOT_TOKEN: secrets.telegram.token, TELEGRAM_WEBHOOK_SECRET: secrets.telegram.webhookSecret, TELEGRAM_API_URL: sandbox.origin,
  }
  const contact = (n: number): Contact => ({ channel: 'telegram', accountId: botId, userId: String(5_550_000_000 + n) })
  const open = (role: 'server' | 'tool' = 'tool'): Promise<Store> => openStore(storeUrl, { role, now: Date.now(), waitingLimit: 200, keysKept: 30 * DAY })
  const store = await open('server')
  await seed(store, people, contact, telegram)
  // Nobody signs in: real hashes take their time.
  const book = createStaffBook(store, { N: 2, r: 1, p: 1 })
  await book.add('Lan', 'editor', 'mat khau de thu 1', Date.now())
  await book.add('Minh', 'approver', 'mat khau de thu 2', Date.now())
  await store.close()

  async function using<T>(use: (opened: Store) => Promise<T>): Promise<T> {
    const opened = await open()
    try {
      return await use(opened)
    } finally {
      await opened.close()
    }
  }

  return {
    folder, storeUrl, env, sandbox, telegram, port, contact, open,
    serve: (at = port) => startProcess({ ...env, PORT: String(at) }),
    command: (...args) => new Promise((resolve) => {
      const child = spawn(process.execPath, ['src/cli.ts', ...args], { env: { ...processEnv, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
      let out = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { out += chunk.toString() })
      child.once('exit', (code) => resolve({ code, out }))
    }),
    status: () => using(async (opened) => (await campaignStatus(campaignId, opened))!),
    differences: (count) => using(async (opened) => {
      const unknown = new Set((await opened.listUncertain(campaignId, count)).map(({ contactKey }) => contactKey))
      const { sent, uncertain } = (await campaignStatus(campaignId, opened))!.posts[0]!.counts
      let [takenOfUnknown, wrong] = [0, [] as string[]]
      for (let n = 0; n < count; n++) {
        const received = telegram.received(contact(n).userId).length
        const isUnknown = unknown.has(opened.keyOf(contact(n)))
        if (isUnknown) takenOfUnknown += received
        if (received > 1 || (received === 0 && !isUnknown)) wrong.push(`person ${n} got ${received}`)
      }
      if (uncertain !== unknown.size) wrong.push(`${uncertain} uncertain in the ledger, ${unknown.size} listed`)
      if (telegram.tally.taken !== sent + takenOfUnknown) wrong.push(`the stand-in took ${telegram.tally.taken}, the ledger says ${sent} and ${takenOfUnknown} of the unknown ones`)
      if (sent + uncertain !== count) wrong.push(`${sent} sent and ${uncertain} uncertain are not ${count}`)
      return wrong
    }),
    async close() {
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A campaign of one post by direct messages, due from the first minute of `day`. */
export const duePost = (id: string, day: string): string => `id: ${id}
name: Đợt thử
purpose: Thử máy
period: { from: ${day}, to: ${day} }
posts:
  - id: mo-dau
    title: Mở đầu
    time: ${day} 00:00
    message: { text: Chào bà con. }
    means: { telegram: direct }
`

/** The platforms' rules with this rate, and a campaign of one post that is due; a Worker needs a folder of assets too. */
function writeContent(folder: string, { most, within }: RateLimit): void {
  const content = join(folder, 'content')
  for (const name of ['campaigns', 'assets']) mkdirSync(join(content, name), { recursive: true })
  writeFileSync(join(content, 'platform-rules.yaml'), `${readFileSync('content/platform-rules.yaml', 'utf8')}\naccounts:\n  "telegram:${botId}":\n    telegram_direct:\n      rate: { value: ${most}/${within / 1_000}s, sure: sure, source: thử }\n`)
  const day = vietnamDay(Date.now())
  writeFileSync(join(content, 'campaigns', `${campaignId}.yaml`), duePost(campaignId, day))
}

const batch = 1_000

/** People who wrote an hour ago and agreed to announcements; the stand-in knows them too. */
async function seed(store: Store, people: number, contact: (n: number) => Contact, telegram: Platform): Promise<void> {
  for (let from = 0; from < people; from += batch) {
    const now = Date.now()
    const numbers = Array.from({ length: Math.min(batch, people - from) }, (_, index) => from + index)
    await store.recordEvents(numbers.map((n) => ({ id: `telegram:${botId}:seed:${n}`, contact: contact(n), sentAt: now - HOUR, receivedAt: now, orderAt: now - HOUR, kind: 'text', text: 'chào' })), now)
    const claimed = await store.claimTurns(2 * batch, now, MINUTE)
    await store.commitTurns(claimed.map(({ contactKey, claim, version, waiting: [event] }) => ({
      contactKey, claim, version, eventId: event!.id, conversation: null, deliveries: [], outcome: null,
      consents: [{ purpose: 'announce' as const, given: true, at: now, notice: 'v1', eventId: event!.id }],
    })), now)
    for (const n of numbers) telegram.acquaint(contact(n).userId, now - HOUR)
  }
}

/** From file to approved, by the command line. Rejects with what the command said. */
export async function approveByCommand(world: ProcessWorld): Promise<void> {
  for (const args of [['submit', campaignId, '--as', 'Lan'], ['approve', campaignId, '--as', 'Minh']]) {
    const { code, out } = await world.command('campaign', ...args)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${out}`)
  }
}

/** Serves, and kills the process with -9 whenever the stand-in has taken so many more; then lets it finish. Returns how often it was killed. */
export async function serveAndKill(world: ProcessWorld, everySo: number, most: number, deadline: number): Promise<number> {
  let kills = 0
  for (;;) {
    const server = await world.serve()
    const target = world.telegram.tally.taken + everySo
    const watch = await world.open()
    const finished = await until(async () => (kills < most && world.telegram.tally.taken >= target) || (await watch.loadCampaign(campaignId))?.status === 'finished', deadline)
    await watch.close()
    const isDone = (await world.status()).status === 'finished'
    server.child.kill(isDone || !finished ? 'SIGTERM' : 'SIGKILL')
    await server.ended
    if (!finished) throw new Error(`not finished in time: ${JSON.stringify(await world.status())}\n${server.output().slice(-2_000)}`)
    if (isDone) return kills
    kills++
  }
}

/** Looks again and again; false when `deadline` (a moment) came first. */
async function until(holds: () => Promise<boolean>, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    if (await holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return false
}
