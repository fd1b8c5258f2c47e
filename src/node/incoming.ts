import type { IncomingMessage } from 'node:http'

/** The whole body of a request. Rejects when its sender goes away before the end, or has gone. */
export function readIncoming(incoming: IncomingMessage): Promise<Uint8Array> {
  if (incoming.destroyed) return Promise.reject(new Error('the sender has gone'))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    // Also comes after `end`, when it changes nothing any more.
    incoming.on('close', () => reject(new Error('the sender went away')))
  })
}
