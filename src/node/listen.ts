import { createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ConfigError } from '../config.ts'
import { SECOND } from '../core/time.ts'

/** What answers requests. */
export type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']
/** What a request brings beside itself: the connection it came by. */
export type Bindings = Parameters<Fetch>[1]

/** An open address. */
export interface Listening {
  /** No new requests; resolves when those under way are answered. */
  close(): Promise<void>
}

/** Whoever sends slower than this holds memory that others need. */
const slowestRequest = 15 * SECOND

/** A connection without a request is closed after so long: later than proxies close theirs (nginx after one minute, Caddy after two), so that no request is on its way when it happens (`docs/decisions/0012-listeners.md`). */
const idleConnection = 130 * SECOND

/**
 * How many sockets listen on the port. libuv takes one new connection from each of them per turn of the event loop: with
 * a single one, 256 senders that connect at once to a busy server wait for seconds (`docs/decisions/0012-listeners.md`).
 * Only Linux spreads connections over them.
 */
const listeners = process.platform === 'linux' ? 8 : 1

/**
 * Answers requests to this address by `fetch`. Rejects with `ConfigError` when the address cannot be had, also where
 * another process would share the port with us.
 */
export async function listen(fetch: Fetch, { host, port }: { host: string; port: number }): Promise<Listening> {
  const http = createAdaptorServer({
    fetch, serverOptions: { requestTimeout: slowestRequest, headersTimeout: slowestRequest, connectionsCheckingInterval: slowestRequest / 3, keepAliveTimeout: idleConnection },
  }) as Server & { closeIdleConnections(): void }
  const servers: Server[] = [http]
  const take = (socket: Socket): void => void http.emit('connection', socket)
  for (let n = 1; n < listeners; n++) servers.push(createServer(take))
  const close = async (): Promise<void> => {
    const closed = servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve())))
    http.closeIdleConnections()
    // What is answered from now on leaves a connection that nobody will use again.
    const closing = setInterval(() => http.closeIdleConnections(), 20)
    await Promise.all(closed)
    clearInterval(closing)
  }
  try {
    await expectFree({ host, port }, take)
    for (const server of servers) await opened(server, { host, port, reusePort: servers.length > 1 })
  } catch (error) {
    await close()
    throw listenProblem(error as NodeJS.ErrnoException, host, port)
  }
  return { close }
}

/** A port that is shared out could be shared with a stranger: it must be nobody's before. Whoever connects in that moment is not turned away either. */
async function expectFree(address: ListenOptions, take: (socket: Socket) => void): Promise<void> {
  const probe = createServer(take)
  await opened(probe, address)
  // The port is free at once; the event comes when the last connection has ended.
  probe.close()
}

function opened(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new ConfigError(`PORT: cổng ${port} đang được chương trình khác dùng. Đặt PORT khác.`)
  if (error.code === 'EACCES') return new ConfigError(`PORT: không có quyền mở cổng ${port}. Đặt PORT từ 1024 trở lên.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return new ConfigError(`HOST: máy này không có địa chỉ "${host}". Đặt HOST là 127.0.0.1, hoặc 0.0.0.0 để nghe trên mọi địa chỉ.`)
  return error
}
