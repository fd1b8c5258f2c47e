/**
 * `npm run bench -- console`: the staff's pages on what a province has after a year: 100,000 contacts, 1,000,000 rows of day totals,
 * 1,000,000 messages in the ledgers of ten campaigns, one more campaign under way at its full rate, and citizens who write meanwhile.
 * Officers open every page, as an office does and as nobody does; what it costs the webhooks is told beside. `quick`: a tenth of it all.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createFiguresReader } from '../../src/campaign/asked-read.ts'
import { keepWeeks } from '../../src/campaign/asked-weeks.ts'
import { createPersonalData } from '../../src/console/personal-data.ts'
import { createAccessLog } from '../../src/console/access-log.ts'
import { createDraftBook } from '../../src/console/content/drafts.ts'
import { routes } from '../../src/console/paths.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { accountKey } from '../../src/core/contact.ts'
import { DAY, vietnamDay } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import { duePost } from '../campaign/process.ts'
import { realContent } from '../support/real-content.ts'
import { processEnv } from '../support/server-process.ts'
import { storeOptions } from '../support/store-fixtures.ts'
import { fillForConsole, type ConsoleFilling } from './console-fill.ts'
import { contactOf, FarSide, openLoop, type Acknowledged, type Crowd } from './load.ts'
import { start } from './process.ts'
import { serverCommand, serverSettings } from './settings.ts'

const quick = process.argv.includes('quick')
const share = quick ? 10 : 1
const rounds = quick ? 9 : 30
/** How often what is compared is measured. */
const turns = quick ? 3 : 5
const messagesPerSecond = 100
const stretch = 8_000
const [officers, everyMs] = [10, 5_000]
/** What an officer takes to press the next link, so that the figures are of pages and not of a queue of pages. */
const pause = 60
const [officer, colleague] = [{ name: 'Lan', password: 'mat khau de thu 1' }, { name: 'Minh', password: 'mat khau de thu 2' }]
const campaign = 'dot-thu'

execFileSync('taskset', ['-cp', '1', String(process.pid)], { stdio: 'ignore' })
const folder = mkdtempSync(join(tmpdir(), 'camnang-bench-'))
const file = join(folder, 'camnang.db')
const far = new FarSide()
const port = 21_000 + (process.pid % 1000)
const facebookPage = accountKey(contactOf(1))
const env = {
  ...serverSettings(`http://127.0.0.1:${await far.listen()}`), STORE: `sqlite:${file}?sync=full`, CONTENT_DIR: join(folder, 'content'), QUIET_HOURS: 'off', CAMPAIGN_PAUSE_SHARE: '100', CAMPAIGN_PAUSE_IN_ROW: '100000',
}

const content = await realContent()
const filling: ConsoleFilling = {
  contacts: 100_000 / share, outcomes: 1_000_000 / share, days: 400, campaigns: 10, people: 2_000,
  articles: [...content.articles.keys()], flows: [...content.flows].map(([flow, { steps }]) => ({ flow, steps: Object.keys(steps) })),
}
const asked = (part: string): string[] => readFileSync(`test/eval/questions-${part}.jsonl`, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { q: string }).q)

const prepared = await prepare()
const server = await start(serverCommand, port, env)
try {
  const crowd: Crowd = { people: 5_000 / share, text: () => 'menu' }
  const times = new Map<string, number[]>(prepared.pages.map((address) => [address, []]))
  const sizes = new Map<string, number>()
  const cookie = await signedIn()
  // V8 goes on compiling for a while.
  await openLoop(port, crowd, messagesPerSecond, stretch)
  await round()
  const first = new Map([...times].map(([address, of]) => [address, of.splice(0)[0]!]))

  // In turns, so that a busy moment of the machine meets all of them.
  const beside: Record<'nobody' | 'office' | 'restless', Acknowledged[]> = { nobody: [], office: [], restless: [] }
  const [began, before] = [performance.now(), far.received]
  for (let turn = 0; turn < turns; turn++) {
    beside.nobody.push(await whileCitizensWrite(() => sleep(stretch)))
    beside.office.push(await whileCitizensWrite(() => office(stretch)))
    beside.restless.push(await whileCitizensWrite(() => restless(stretch)))
  }
  const perSecond = (far.received - before) / ((performance.now() - began) / 1_000)
  await whileCitizensWrite(async () => {
    for (let n = 0; n < rounds; n++) await round()
  })

  console.log('| page | KiB | CPU ms | holds up ms | first ms | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|---|---|---|')
  for (const [address, of] of [...times].sort(([, a], [, b]) => percentile(b, 0.95) - percentile(a, 0.95))) {
    const cells = [Math.round(sizes.get(address)! / 1024), await costOf(address), await heldUp(address), first.get(address)!, percentile(of, 0.5), percentile(of, 0.95), percentile(of, 0.99)]
    console.log(`| ${address} | ${cells.map((cell) => cell.toFixed(0)).join(' | ')} |`)
  }
  const slow = [...times].filter(([, of]) => percentile(of, 0.95) >= 200)
  console.log(`\npages over 200 ms at p95: ${slow.length === 0 ? 'none' : slow.map(([address]) => address).join(', ')}`)
  console.log(`\n| webhooks at ${messagesPerSecond}/s beside the campaign and | p50 ms | p99 ms | longest ms | bad |\n|---|---|---|---|---|`)
  console.log(row('no officer', beside.nobody))
  console.log(row(`${officers} officers, each a page every ${everyMs / 1_000} s`, beside.office))
  console.log(row('one officer who never rests', beside.restless))
  console.log(`\nmedians of ${turns} turns (smallest–largest); the campaign sends ${perSecond.toFixed(0)} messages and replies a second meanwhile; memory ${server.memory().toFixed(0)} MiB`)

  /** One page as an officer's browser asks for it, with how long it took. */
  async function open(address: string): Promise<void> {
    const at = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}/quan-tri${address}`, { headers: { cookie }, redirect: 'manual' })
    sizes.set(address, (await answer.arrayBuffer()).byteLength)
    times.get(address)!.push(performance.now() - at)
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`)
  }

  /** Every page once, hardly a pause between. */
  async function round(): Promise<void> {
    for (const address of prepared.pages) {
      await open(address)
      await sleep(pause)
    }
  }

  /** Hardly a pause between, all day long. */
  async function restless(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds
    for (let n = 0; performance.now() < until; n++) {
      await open(prepared.pages[n % prepared.pages.length]!)
      await sleep(pause)
    }
  }

  /** Officers who read what they open; they begin one after another and each goes through the pages from elsewhere. */
  async function office(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds
    await Promise.all(Array.from({ length: officers }, async (_, nth) => {
      await sleep(nth * everyMs / officers)
      for (let n = Math.floor(nth * prepared.pages.length / officers); performance.now() < until; n++) {
        await open(prepared.pages[n % prepared.pages.length]!)
        await sleep(everyMs)
      }
    }))
  }

  async function whileCitizensWrite(work: () => Promise<void>): Promise<Acknowledged> {
    let going = true
    const writing = openLoop(port, crowd, messagesPerSecond, () => going)
    await work().finally(() => { going = false })
    return writing
  }

  /** Milliseconds of CPU for one page, with what the campaign takes beside it: no matter how busy the machine is. */
  async function costOf(address: string): Promise<number> {
    const before = server.cpu()
    for (let n = 0; n < 10; n++) await (await fetch(`http://127.0.0.1:${port}/quan-tri${address}`, { headers: { cookie }, redirect: 'manual' })).arrayBuffer()
    return (server.cpu() - before) / 10
  }

  /** How long others wait at most while the page is made: the shortest of some tries, since a busy machine makes them wait too. */
  async function heldUp(address: string): Promise<number> {
    let shortest = Infinity
    for (let n = 0; n < 6; n++) {
      let [going, longest] = [true, 0]
      const page = fetch(`http://127.0.0.1:${port}/quan-tri${address}`, { headers: { cookie }, redirect: 'manual' }).then((answer) => answer.arrayBuffer()).finally(() => { going = false })
      while (going) {
        const at = performance.now()
        await (await fetch(`http://127.0.0.1:${port}/health`)).arrayBuffer()
        longest = Math.max(longest, performance.now() - at)
      }
      await page
      shortest = Math.min(shortest, longest)
    }
    return shortest
  }
} finally {
  await server.kill('SIGKILL')
  far.server.close()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** The words, the accounts, the filled tables, an approved campaign; resolves with every page there is. */
async function prepare(): Promise<{ pages: string[] }> {
  const [now, today] = [Date.now(), vietnamDay(Date.now())]
  cpSync('content', env.CONTENT_DIR, { recursive: true })
  writeFileSync(join(env.CONTENT_DIR, 'campaigns', `${campaign}.yaml`), duePost(campaign, today))
  const store = await openStore(env.STORE, { ...storeOptions, now })
  const book = createStaffBook(store)
  await book.add(officer.name, 'admin', officer.password, now)
  await book.add(colleague.name, 'admin', colleague.password, now)
  const log = createAccessLog(store)
  for (let n = 0; n < 3_000 / share; n++) await log.append({ at: now - (3_000 - n) * 1_000, who: colleague.name, action: 'conversation_read', about: store.keyOf(contactOf(n)), count: 1, reason: '' })
  const data = createPersonalData({ store, figures: createFiguresReader(store), log, holidays: () => [], newId: () => crypto.randomUUID().replaceAll('-', ''), now: Date.now })
  const request = await data.note((await book.find(officer.name))!, { kind: 'erase', way: 'person', receivedAt: now - DAY, contactKey: store.keyOf(contactOf(8)), note: '' })
  const article = content.articles.keys().next().value!
  const source = execFileSync('find', [env.CONTENT_DIR, '-name', `${article}.md`], { encoding: 'utf8' }).trim()
  const name = source.slice(env.CONTENT_DIR.length + 1)
  const text = readFileSync(source, 'utf8')
  await createDraftBook(store).add({
    id: 'ban-nhap-thu', title: 'Thử', kind: 'edit', authors: [colleague.name], status: 'submitted', createdAt: now, changedAt: now, note: '', returned: null,
    changes: [{ file: { root: 'content', name, file: source }, before: text, after: `${text}\nThêm một câu.\n` }],
  })
  await store.close()
  await command('submit', colleague.name)
  const filled = await openStore(env.STORE, { ...storeOptions, now })
  const began = performance.now()
  fillForConsole(file, filled, filling, (await filled.loadCampaign(campaign))!, [...asked('tune'), ...asked('test')], now)
  console.log(`${filling.contacts} contacts, ${filling.outcomes} rows of day totals, ${filling.campaigns * filling.contacts} messages in ledgers: filled in ${((performance.now() - began) / 1_000).toFixed(0)} s`)
  // A server that has been there for a year has done this week by week.
  while (await keepWeeks(filled, now)) continue
  const waiting = (await filled.listHandovers({ open: true, limit: 1 }))[0]!.contactKey
  const question = (await filled.listUnanswered(1))[0]!.id
  await filled.close()
  await command('approve', officer.name)

  const [year, path] = [vietnamDay(now - 364 * DAY), `content/${name}`]
  const flow = [...content.flows.keys()][0]!
  const of: Readonly<Record<string, readonly string[]>> = {
    'GET /cho/:key': [`/cho/${waiting}`], 'GET /dot/:id': [`/dot/${campaign}`, '/dot/da-xong-0'], 'GET /dot/:id/tien-do': [`/dot/${campaign}/tien-do`], 'GET /dot/:id/chua-ro': ['/dot/da-xong-0/chua-ro'],
    'GET /dot/:id/nguoi-nhan': [`/dot/${campaign}/nguoi-nhan`, '/dot/da-xong-0/nguoi-nhan?ket-qua=failed'], 'GET /dot/:id/dinh-chinh': ['/dot/da-xong-0/dinh-chinh'],
    'GET /dot-dau': [`/dot-dau?chep=${campaign}`], 'GET /dot-bai': ['/dot-bai?dot=da-xong-0&bai=mo-dau'], 'GET /so-lieu': ['/so-lieu', `/so-lieu?tu=${year}&den=${today}`], 'GET /so-lieu/tai-ve': [`/so-lieu/tai-ve?bang=muc&tu=${year}&den=${today}`],
    'GET /qr': ['/qr?mo=main'], 'GET /qr/in': [`/qr/in?mo=main&tk=${facebookPage}`], 'GET /qr/ma.svg': [`/qr/ma.svg?mo=main&tk=${facebookPage}`],
    'GET /viec/:id': [`/viec/${campaign}`], 'GET /viec/:id/mau.xlsx': [`/viec/${campaign}/mau.xlsx?don-vi=X%C3%A3%20M%E1%BA%ABu`],
    'GET /bao-cao': ['/bao-cao', '/bao-cao?loai=nam'], 'GET /bao-cao/tai-ve': ['/bao-cao/tai-ve?loai=nam&dang=docx', '/bao-cao/tai-ve?loai=nam&dang=xlsx'],
    'GET /noi-dung/muc/:id': [`/noi-dung/muc/${article}`], 'GET /noi-dung/kich-ban/:id': [`/noi-dung/kich-ban/${flow}`], 'GET /noi-dung/tep': [`/noi-dung/tep?tep=${path}`], 'GET /noi-dung/sua': [`/noi-dung/sua?tep=${path}`],
    'GET /noi-dung/moi': ['/noi-dung/moi', `/noi-dung/moi?cau=${question}`], 'GET /noi-dung/nhap/:id': ['/noi-dung/nhap/ban-nhap-thu'], 'GET /du-lieu/:id': [`/du-lieu/${request}`], 'GET /du-lieu/:id/xoa': [`/du-lieu/${request}/xoa`], 'GET /': [''],
  }
  const plain = Object.keys(routes).filter((route) => route.startsWith('GET ') && route !== 'GET /dang-nhap')
  return { pages: plain.flatMap((route) => of[route] ?? [route.slice('GET '.length)]) }
}

/** `camnang campaign submit|approve`. */
async function command(what: 'submit' | 'approve', who: string): Promise<void> {
  const child = spawn(process.execPath, ['src/cli.ts', 'campaign', what, campaign, '--as', who], { env: { ...processEnv, ...env, HOME: folder }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { out += chunk.toString() })
  if (await new Promise((resolve) => child.once('exit', resolve)) !== 0) throw new Error(out)
}

async function signedIn(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/quan-tri/dang-nhap`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ten: officer.name, 'mat-khau': officer.password }) })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 303 || cookie === undefined) throw new Error(`cannot sign in: ${answer.status}`)
  return cookie
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function row(who: string, measured: readonly Acknowledged[]): string {
  const cell = (of: (each: Acknowledged) => number): string => {
    const sorted = measured.map(of).sort((a, b) => a - b)
    return `${percentile(sorted, 0.5).toFixed(1)} (${sorted[0]!.toFixed(1)}–${sorted.at(-1)!.toFixed(1)})`
  }
  return `| ${who} | ${cell(({ p50 }) => p50)} | ${cell(({ p99 }) => p99)} | ${cell(({ most }) => most)} | ${measured.reduce((sum, { bad }) => sum + bad, 0)} |`
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
