import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a server on this machine that can fall silent: nothing passes any more, and nothing is closed. */
export interface Way {
  /** The same address, by this way. */
  through(url: string): string
  /** For the connections that are open now; new ones pass. */
  fallSilent(): void
  close(): void
}

export async function openWay(to: string): Promise<Way> {
  const target = new URL(to)
  const open = new Set<[Socket, Socket]>()
  const way = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(Number(target.port), target.hostname)
    const both: [Socket, Socket] = [near, far]
    open.add(both)
    for (const [from, into] of [both, [far, near]] as const) {
      from.on('data', (bytes) => { if (open.has(both)) into.write(bytes) })
      from.on('error', () => undefined)
      from.on('close', () => { if (open.delete(both)) into.destroy() })
    }
  })
  await new Promise<void>((resolve) => void way.listen(0, '127.0.0.1', resolve))
  const silent: [Socket, Socket][] = []
  return {
    through(url) {
      const by = new URL(url)
      by.port = String((way.address() as AddressInfo).port)
      return by.href
    },
    fallSilent() {
      silent.push(...open)
      open.clear()
    },
    close() {
      for (const socket of [...open, ...silent].flat()) socket.destroy()
      way.close()
    },
  }
}
