import type { MiddlewareHandler } from 'hono'

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** A page elsewhere may make a browser call this port under a name of its own: only loopback names are answered. */
export const onlyLoopbackNames: MiddlewareHandler = async (c, next) =>
  loopback.test(c.req.header('host') ?? '') ? next() : c.text('', 421)

/** What changes something comes from the chat page itself: same origin, as JSON, which no foreign page can send unasked. */
export const onlyFromOwnPage: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET') return next()
  const own = c.req.header('origin') === `http://${c.req.header('host')}` && c.req.header('content-type')?.startsWith('application/json')
  return own ? next() : c.text('', 403)
}
