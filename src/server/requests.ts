import { randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { createRequestIds, type RequestBindings } from '../core/request.ts'
import type { Door } from '../node/door.ts'
import { readIncoming } from '../node/incoming.ts'
import type { Bindings } from '../node/listen.ts'

/** `app` behind the door, with what Node's server has beside a request. Every answer carries the id under which a log line may speak of it. */
export function answering(app: Hono<{ Bindings: RequestBindings }>): Door<Bindings>['answer'] {
  const nextId = createRequestIds(randomBytes(6).toString('base64url'))
  return (request, bindings) => {
    const { incoming, outgoing } = bindings as HttpBindings
    const requestId = nextId()
    outgoing.setHeader('x-request-id', requestId)
    return app.fetch(request, {
      incoming, outgoing, requestId, readBody: () => readIncoming(incoming),
      header: (name) => incoming.headers[name] as string | undefined,
    })
  }
}
