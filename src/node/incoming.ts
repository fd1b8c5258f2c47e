import type { IncomingMessage } from 'node:http'

/** The whole body of a request. Rejects when its sender goes away before the end, or has gone. */
export function readIncoming(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const stopped = (): void => {
      if (!incoming.readableEnded) reject(new Error('the sender went away'))
    }
    if (incoming.destroyed) return stopped()
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    incoming.on('close', stopped)
  })
}
