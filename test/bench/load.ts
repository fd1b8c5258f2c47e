/**
 * The far side of the bench in one process: citizens who send signed webhooks over raw sockets, and the platforms'
 * send APIs, as cheap as possible so that what is measured is the server between them.
 */
import { createServer, connect, type Server, type Socket } from 'node:net'
import { createHash, createHmac } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Contact } from '../../src/core/contact.ts'

export const benchSettings = {
  zalo: { appId: '1111222233334444555', oaId: '4300112233445566778', secret: 'bench-oa-secret' },
  facebook: { pageId: '1029384756', appId: '424242424242', secret: 'bench-app-secret' },
  telegram: { token: '7000000001:bench-token', secret: 'bench_webhook_secret' },
}

const channels = ['zalo', 'facebook', 'telegram'] as const
type Channel = (typeof channels)[number]
const channelOf = (person: number): Channel => channels[person % 3]!
const accountIds: Record<Channel, string> = { zalo: benchSettings.zalo.oaId, facebook: benchSettings.facebook.pageId, telegram: benchSettings.telegram.token.split(':')[0]! }

/** Ids that look like each platform's. */
const userId = (person: number): string => (channelOf(person) === 'telegram' ? String(5_550_000_000 + person) : String(9_007_199_254_740_993_000n + BigInt(person)))

/** Who this person is to the server. */
export const contactOf = (person: number): Contact => ({ channel: channelOf(person), accountId: accountIds[channelOf(person)], userId: userId(person) })

let serial = 0

/** One signed webhook as bytes on the wire. */
function request(person: number, text: string, host: string): Buffer {
  const now = Date.now()
  const id = `${now.toString(36)}${(serial++).toString(36)}`
  const channel = channelOf(person)
  if (channel === 'zalo') {
    const { appId, oaId, secret } = benchSettings.zalo
    const body = JSON.stringify({
      app_id: appId, sender: { id: userId(person) }, user_id_by_app: '5550001112223334444', recipient: { id: oaId },
      event_name: 'user_send_text', message: { text, msg_id: id }, timestamp: String(now),
    })
    const mac = createHash('sha256').update(appId).update(body).update(String(now)).update(secret).digest('hex')
    return wire('zalo', body, `x-zevent-signature: mac=${mac}`, host)
  }
  if (channel === 'facebook') {
    const { pageId, secret } = benchSettings.facebook
    const body = JSON.stringify({
      object: 'page', entry: [{ id: pageId, time: now, messaging: [{
        sender: { id: userId(person) }, recipient: { id: pageId }, timestamp: now, message: { mid: `m_${id}`, text },
      }] }],
    })
    return wire('facebook', body, `x-hub-signature-256: sha256=${createHmac('sha256', secret).update(body).digest('hex')}`, host)
  }
  const chat = { id: Number(userId(person)), type: 'private', first_name: 'Lan' }
  const body = JSON.stringify({
    update_id: serial, message: { message_id: serial, date: Math.floor(now / 1000), from: { id: chat.id, is_bot: false, first_name: 'Lan', language_code: 'vi' }, chat, text },
  })
  return wire('telegram', body, `x-telegram-bot-api-secret-token: ${benchSettings.telegram.secret}`, host)
}

function wire(channel: Channel, body: string, proof: string, host: string): Buffer {
  return Buffer.from(
    `POST /webhooks/${channel} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${proof}\r\n\r\n${body}`,
  )
}

// ── The platforms' send APIs ─────────────────────────────────────────────────────────────────────────────────────

/** Answers every send at once (or after `delay` ms) and tells who received something. */
export class FarSide {
  readonly server: Server
  received = 0
  delay = 0
  onSend: (user: string) => void = () => undefined
  #answers = 0

  constructor() {
    this.server = createServer((socket) => this.#serve(socket))
  }

  listen(): Promise<number> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', () => resolve((this.server.address() as { port: number }).port)))
  }

  #serve(socket: Socket): void {
    socket.setNoDelay(true)
    let pending = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      for (;;) {
        const head = pending.indexOf('\r\n\r\n')
        if (head === -1) return
        const length = /content-length: *(\d+)/i.exec(pending.slice(0, head))
        const end = head + 4 + (length === null ? 0 : Number(length[1]))
        if (pending.length < end) return
        this.#answer(socket, pending.slice(0, head), pending.slice(head + 4, end))
        pending = pending.slice(end)
      }
    })
  }

  #answer(socket: Socket, head: string, body: string): void {
    const id = `r${this.#answers++}`
    const text = head.startsWith('POST /bot') || head.startsWith('GET /bot')
      ? `{"ok":true,"result":{"message_id":${this.#answers},"date":1,"chat":{"id":1,"type":"private"}}}`
      : head.includes('/v3.0/oa') ? `{"error":0,"message":"Success","data":{"message_id":"${id}","user_id":"1"}}` : `{"recipient_id":"1","message_id":"${id}"}`
    const reply = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`
    if (this.delay > 0) setTimeout(() => socket.write(reply), this.delay)
    else socket.write(reply)
    const user = /"(?:user_id|id|chat_id)":"?(\d+)/.exec(body)
    this.received++
    if (user !== null) this.onSend(user[1]!)
  }
}

// ── The citizens ─────────────────────────────────────────────────────────────────────────────────────────────────

/** One keep-alive connection with one request under way at a time; opened again when the server has closed it. */
class Line {
  readonly #port: number
  #socket: Socket | null = null
  #pending = ''
  #done: ((status: number) => void) | null = null
  constructor(port: number) {
    this.#port = port
  }
  #open(): Socket {
    const socket = connect(this.#port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null
      this.#end(0)
    })
    socket.on('data', (chunk) => {
      this.#pending += chunk.toString('latin1')
      const head = this.#pending.indexOf('\r\n\r\n')
      if (head === -1) return
      const length = /content-length: *(\d+)/i.exec(this.#pending)
      const chunked = length === null && this.#pending.includes('transfer-encoding: chunked')
      if (chunked ? !this.#pending.endsWith('0\r\n\r\n') : this.#pending.length < head + 4 + Number(length?.[1] ?? 0)) return
      this.#end(Number(this.#pending.slice(9, 12)))
    })
    return (this.#socket = socket)
  }
  #end(status: number): void {
    const done = this.#done
    this.#done = null
    this.#pending = ''
    done?.(status)
  }
  /** The status; 0 when the connection was closed instead. */
  post(bytes: Buffer): Promise<number> {
    return new Promise((resolve) => {
      this.#done = resolve
      ;(this.#socket ?? this.#open()).write(bytes)
    })
  }
  close(): void {
    this.#socket?.destroy()
  }
}

export interface Round { perSecond: number; messages: number; bad: number }

/** Who may be spoken to: `people` contacts over the three channels, `texts` what they say in turn. */
export interface Crowd { people: number; text: (person: number) => string }

let visits = 0
/** Everybody once before anybody again, round after round, and neighbours in time are not neighbours in the tables. */
const nextPerson = ({ people }: Crowd): number => (visits++ * 7_919) % people

/** Each sender waits for the reply to its message before it sends the next one. Several ports: the senders are dealt out to them. */
export async function closedLoop(ports: number | readonly number[], far: FarSide, crowd: Crowd, senders: number, milliseconds: number, messages = Infinity): Promise<Round> {
  const waiting = new Map<string, () => void>()
  far.onSend = (user) => {
    const resolve = waiting.get(user)
    if (resolve !== undefined) {
      waiting.delete(user)
      resolve()
    }
  }
  let begun = 0
  let done = 0
  let bad = 0
  const began = performance.now()
  const until = began + milliseconds
  const one = async (nth: number): Promise<void> => {
    const port = portOf(ports, nth)
    const host = `127.0.0.1:${port}`
    const line = new Line(port)
    while (performance.now() < until && begun < messages) {
      begun++
      const person = nextPerson(crowd)
      const { promise: replied, resolve: goOn } = Promise.withResolvers<void>()
      waiting.set(userId(person), goOn)
      const status = await line.post(request(person, crowd.text(person), host))
      if (status !== 200) {
        bad++
        waiting.delete(userId(person))
        continue
      }
      const late = setTimeout(() => { bad++; goOn() }, 10_000)
      await replied
      clearTimeout(late)
      done++
    }
    line.close()
  }
  await Promise.all(Array.from({ length: senders }, (_, nth) => one(nth)))
  return { perSecond: (done / (performance.now() - began)) * 1000, messages: done, bad }
}

const portOf = (ports: number | readonly number[], nth: number): number => (typeof ports === 'number' ? ports : ports[nth % ports.length]!)

/** As `closedLoop`, but each sender waits for the 200 only: what is taken in, whether or not it is answered yet. */
export async function ackLoop(ports: number | readonly number[], crowd: Crowd, senders: number, milliseconds: number): Promise<Round> {
  let done = 0
  let bad = 0
  const began = performance.now()
  const one = async (nth: number): Promise<void> => {
    const port = portOf(ports, nth)
    const line = new Line(port)
    while (performance.now() - began < milliseconds) {
      const person = nextPerson(crowd)
      if (await line.post(request(person, crowd.text(person), `127.0.0.1:${port}`)) === 200) done++
      else bad++
    }
    line.close()
  }
  await Promise.all(Array.from({ length: senders }, (_, nth) => one(nth)))
  return { perSecond: (done / (performance.now() - began)) * 1000, messages: done, bad }
}

/** How long the 200 took, in milliseconds; `most`: the longest. `bad`: something else came. */
export interface Acknowledged { p50: number; p99: number; most: number; bad: number }

/** Acknowledgement times at a fixed rate, sent whether or not the server keeps up: for so many milliseconds, or while `goesOn` says so. */
export async function openLoop(port: number, crowd: Crowd, perSecond: number, goesOn: number | (() => boolean)): Promise<Acknowledged> {
  const host = `127.0.0.1:${port}`
  const lines = Array.from({ length: 64 }, () => new Line(port))
  const free = [...lines]
  const times: number[] = []
  let bad = 0
  let sent = 0
  const all: Promise<void>[] = []
  const began = performance.now()
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - began
      if (typeof goesOn === 'number' ? elapsed > goesOn : !goesOn()) {
        clearInterval(timer)
        resolve()
        return
      }
      while (sent < (elapsed / 1000) * perSecond) {
        const person = nextPerson(crowd)
        sent++
        const bytes = request(person, crowd.text(person), host)
        const due = performance.now()
        const line = free.pop() ?? new Line(port)
        all.push(line.post(bytes).then((status) => {
          if (status === 200) times.push(performance.now() - due)
          else bad++
          free.push(line)
        }))
      }
    }, 1)
  })
  await Promise.all(all)
  for (const line of free) line.close()
  times.sort((a, b) => a - b)
  return { p50: times[Math.floor(times.length * 0.5)] ?? Number.NaN, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN, most: times.at(-1) ?? Number.NaN, bad }
}
