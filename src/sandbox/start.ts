import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import type { ChannelName } from '../core/contact.ts'
import { once } from '../core/once.ts'
import type { Log } from '../core/ports.ts'
import type { Clock } from '../core/time.ts'
import { createNodeTransport } from '../node/transport.ts'
import type { FacebookCommentsStandIn } from './facebook-comments.ts'
import { createFacebookStandIn } from './facebook.ts'
import type { NodeEnv } from './faults.ts'
import { onlyLoopbackNames } from './guard.ts'
import { pageRoutes } from './page.ts'
import type { Platform } from './platform.ts'
import { createPoster } from './post.ts'
import type { RateLimit } from './rate.ts'
import { makeSandboxSecrets, sandboxSettings, type SandboxSecrets, type SandboxSettings } from './secrets.ts'
import { createTelegramStandIn } from './telegram.ts'
import type { Wire } from './wire.ts'
import { createZaloStandIn } from './zalo.ts'

/** The three platforms on this machine, with a page to talk to our server through them. Nothing leaves the machine. */
export interface Sandbox {
  /** What makes our server a customer of the stand-ins; account ids begin with `sandbox`. */
  settings: SandboxSettings
  /** All three platforms' APIs, told apart by path. */
  origin: string
  /** The rehearsal page. */
  pageUrl: string
  platforms: Readonly<Record<ChannelName, Platform>>
  /** What people say under the page's posts. */
  comments: Pick<FacebookCommentsStandIn, 'all' | 'says'>
  /** Cuts what is under way. Safe to call twice. */
  close(): Promise<void>
}

export interface SandboxOptions {
  /** Origin of the server under rehearsal; a function where it is known only later. Webhooks go to `<target>/webhooks/<channel>`. */
  target: string | (() => string)
  /** Taken by somebody else, or not to be had: any free one. */
  port: number
  now: Clock
  log: Log
  /** Left out: made for this start. */
  secrets?: SandboxSecrets
  /** How fast messages are taken instead of as the platforms do; for measuring what only our side does. */
  rateLimit?: RateLimit
}

/** Starts the stand-ins on 127.0.0.1, with secrets of this start. */
export async function startSandbox({ target, port, now, log, secrets = makeSandboxSecrets(), rateLimit }: SandboxOptions): Promise<Sandbox> {
  const transport = createNodeTransport()
  const closing = new AbortController()
  const targetOf = typeof target === 'string' ? () => target : target
  const postBy = (channel: ChannelName) => (wire: Wire) => createPoster(channel, targetOf, wire, transport.send, log)

  const zalo = createZaloStandIn(secrets.zalo, { now, rateLimit, postBy: postBy('zalo') })
  const facebook = createFacebookStandIn(secrets.facebook, { now, rateLimit, postBy: postBy('facebook') })
  const telegram = createTelegramStandIn(secrets.telegram, { now, rateLimit, postBy: postBy('telegram') })
  const platforms = { zalo: zalo.platform, facebook: facebook.platform, telegram: telegram.platform }
  const paths = [...zaloPaths.map((path) => [path, zalo] as const), [telegramPath, telegram] as const, [facebookPath, facebook] as const]

  const app = new Hono<NodeEnv>()
  app.use(onlyLoopbackNames)
  for (const [path, { routes }] of paths) app.all(path, (c) => routes.fetch(c.req.raw, c.env))
  app.route('/', pageRoutes({
    platforms,
    closing: closing.signal,
    openings: () => ({ facebook: facebook.opening(), telegram: telegram.opening() }),
  }))

  const { server, port: taken } = await listen(app, port).catch(() => listen(app, 0))
  const origin = `http://127.0.0.1:${taken}`
  return {
    settings: sandboxSettings(secrets, origin),
    origin,
    pageUrl: `${origin}/`,
    platforms,
    comments: facebook.comments,
    close: once(async () => {
      closing.abort()
      await transport.close()
      await Promise.all([zalo, facebook, telegram].map((standIn) => standIn.settled()))
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    }),
  }
}

const zaloPaths = ['/v4/oa/*', '/v3.0/oa/*', '/v2.0/oa/*', '/v2.0/article/*']
const telegramPath = '/:bot{bot[^/]+}/*'
/** Looked at last: Zalo's begin with a version too. */
const facebookPath = '/:version{v\\d+\\.\\d+}/*'

function listen(app: Hono<NodeEnv>, port: number): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, ({ port }) => resolve({ server, port }))
    server.once('error', reject)
  })
}
