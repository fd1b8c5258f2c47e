import { readFileSync } from 'node:fs'
import { Hono, type Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import * as z from 'zod'
import { channelNames, type ChannelName } from '../core/contact.ts'
import { SECOND } from '../core/time.ts'
import type { Citizen } from './citizen.ts'
import type { Entry } from './person.ts'
import { onlyFromOwnPage } from './guard.ts'
import type { Opening, Platform } from './platform.ts'

export interface PagePorts {
  platforms: Readonly<Record<ChannelName, Platform>>
  /** As our server pushed it to the platforms last; a channel may have none. */
  openings: () => Partial<Record<ChannelName, Opening>>
  /** Aborted when the sandbox closes: open streams end then. */
  closing: AbortSignal
}

/** An open stream shows a sign of life so often: proxies and laptops drop silent connections. */
const HEARTBEAT = 15 * SECOND
/** A text box takes no more; a message longer than this is no rehearsal. */
const LONGEST = 4_000

const act = z.discriminatedUnion('does', [
  z.object({ does: z.literal('says'), text: z.string().trim().min(1).max(LONGEST) }),
  z.object({ does: z.literal('taps'), payload: z.string().min(1).max(1_000), title: z.string().max(100).optional() }),
  z.object({ does: z.literal('starts'), ref: z.string().regex(/^[\w-]{1,64}$/).nullable() }),
  z.object({ does: z.literal('follows') }),
  z.object({ does: z.literal('leaves') }),
  z.object({ does: z.literal('returns') }),
  z.object({ does: z.literal('sendsImage') }),
  z.object({ does: z.literal('sendsSticker') }),
  z.object({ does: z.literal('hearsFromStaff'), text: z.string().trim().min(1).max(LONGEST) }),
])

/**
 * The rehearsal page: three phones that talk to the stand-ins and to nothing else, so that what they show went the whole
 * real way. Everything a person does is a POST; the conversation comes back as server-sent events.
 */
export function pageRoutes({ platforms, openings, closing }: PagePorts): Hono {
  const app = new Hono()
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'"], connectSrc: ["'self'"],
      baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"],
    },
    strictTransportSecurity: false,
    referrerPolicy: 'no-referrer',
  }))
  for (const [path, file, type] of files) {
    const content = readFileSync(new URL(`./page/${file}`, import.meta.url))
    app.get(path, (c) => c.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }))
  }
  app.use('/people/*', onlyFromOwnPage)
  app.get('/openings', (c) => c.json(openings()))

  app.post('/people/:channel', (c) => {
    const platform = platformOf(c)
    return platform === null ? c.notFound() : c.json({ userId: platform.newCitizen().userId })
  })
  app.post('/people/:channel/:userId', async (c) => {
    const citizen = citizenOf(c)
    if (citizen === null) return c.notFound()
    const asked = act.safeParse(await c.req.json<unknown>().catch(() => null))
    if (!asked.success) return c.json({ problem: 'Không gửi được: nội dung trống hoặc quá dài.' }, 400)
    return c.json({ status: await perform(citizen, asked.data) })
  })
  app.get('/people/:channel/:userId/conversation', (c) => {
    const citizen = citizenOf(c)
    if (citizen === null) return c.notFound()
    const seen = Number(c.req.header('last-event-id') ?? 0)
    return streamSSE(c, (stream) => follow(citizen, seen, (entry) => stream.writeSSE({ id: String(entry.seq), data: JSON.stringify(entry) }), {
      beat: () => stream.writeSSE({ event: 'beat', data: '' }),
      ended: AbortSignal.any([closing, c.req.raw.signal]),
    }))
  })
  return app

  function platformOf(c: Context): Platform | null {
    const channel = channelNames.find((name) => name === c.req.param('channel'))
    return channel === undefined ? null : platforms[channel]
  }

  /** Null for a person of an earlier start: the page makes a new one. */
  function citizenOf(c: Context): Citizen | null {
    const platform = platformOf(c)
    const userId = c.req.param('userId') ?? ''
    return platform?.knows(userId) === true ? platform.citizen(userId) : null
  }
}

const files = [
  ['/', 'page.html', 'text/html; charset=utf-8'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/image.svg', 'image.svg', 'image/svg+xml'],
  ['/sticker.svg', 'sticker.svg', 'image/svg+xml'],
  ['/icon.svg', 'icon.svg', 'image/svg+xml'],
] as const

function perform(citizen: Citizen, asked: z.infer<typeof act>): Promise<number | null> {
  switch (asked.does) {
    case 'says': return citizen.says(asked.text)
    case 'taps': return citizen.taps(asked.payload, asked.title)
    case 'starts': return citizen.starts(asked.ref)
    case 'hearsFromStaff': return citizen.hearsFromStaff(asked.text)
    default: return citizen[asked.does]()
  }
}

/** Everything after line `seen`, then every new line, in order, until `ended`. */
async function follow(citizen: Citizen, seen: number, write: (entry: Entry) => Promise<void>, { beat, ended }: { beat: () => Promise<void>; ended: AbortSignal }): Promise<void> {
  let inTurn = Promise.resolve()
  const queue = (work: () => Promise<void>): void => {
    inTurn = inTurn.then(work).catch(() => undefined)
  }
  for (const entry of citizen.conversation()) if (entry.seq > seen) queue(() => write(entry))
  const stop = citizen.listen((entry) => queue(() => write(entry)))
  const heart = setInterval(() => queue(beat), HEARTBEAT)
  await new Promise<void>((resolve) => {
    if (ended.aborted) resolve()
    else ended.addEventListener('abort', () => resolve(), { once: true })
  })
  clearInterval(heart)
  stop()
}
