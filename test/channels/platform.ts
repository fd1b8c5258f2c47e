import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen { method: string; path: string; headers: Record<string, string>; body: string; json: Record<string, any> }
export type Behaviour = (seen: Seen, response: ServerResponse, request: IncomingMessage) => void

/** A platform on this machine: every request is kept, every answer is what the test says. */
export interface Platform {
  origin: string
  seen: Seen[]
  /** For the next requests in turn; the last one stays. */
  behave(...behaviours: Behaviour[]): void
  close(): Promise<void>
}

export async function startPlatform(): Promise<Platform> {
  const seen: Seen[] = []
  let script: Behaviour[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const one: Seen = {
        method: request.method ?? '', path: request.url ?? '', headers: request.headers as Record<string, string>, body,
        json: body.startsWith('{') ? JSON.parse(body) : {},
      }
      seen.push(one)
      const behaviour = script.length > 1 ? script.shift() : script[0]
      behaviour?.(one, response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    behave(...behaviours) {
      script = behaviours
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

export const answer = (body: unknown, status = 200, headers: Record<string, string> = {}): Behaviour => (_seen, response) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers }).end(text)
}
export const reset: Behaviour = (_seen, _response, request) => void request.socket.resetAndDestroy()
export const silence: Behaviour = () => undefined
/** Headers and the beginning of a body, then nothing. */
export const stall: Behaviour = (_seen, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"error":')
