import { whenIdle } from '../core/idle.ts'
import { TransportError, type Transport } from '../channels/transport.ts'

/** No platform's answer to one call is near this; a larger one is cut off and counts as no answer. */
const MAX_ANSWER = 1024 * 1024

/** The way out by `fetch`. `idle` resolves when no call is under way: an invocation must not end before. */
export interface FetchTransport {
  send: Transport
  idle(): Promise<void>
}

/** Whether a request that failed had reached the other side, workerd does not tell: it counts as perhaps sent. */
export function createFetchTransport(): FetchTransport {
  let underWay = 0
  const { settle, idle } = whenIdle(() => underWay > 0)

  const send: Transport = async ({ method, url, headers, body, timeout }) => {
    underWay++
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), timeout)
    try {
      const response = await fetch(url, { method, headers, body: body ?? null, redirect: 'manual', signal: deadline.signal })
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await readBounded(response) }
    } catch (error) {
      throw new TransportError(deadline.signal.aborted ? `no answer within ${timeout} ms` : 'no answer', false, { cause: error })
    } finally {
      clearTimeout(timer)
      underWay--
      settle()
    }
  }
  return { send, idle }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_ANSWER) throw new Error('answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
