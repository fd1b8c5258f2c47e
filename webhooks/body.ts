import type { HonoRequest } from 'hono'

/** Why no body was read: over the channel's limit, too many bytes of others are being read, or the sender went away. */
export type BodyRefusal = 'too_large' | 'busy' | 'cut_off'

/** How many bytes that nobody has vouched for yet may be held at once. */
export interface ByteBudget {
  /** False when they would be too many: then nothing is taken. */
  take(bytes: number): boolean
  give(bytes: number): void
}

export function createByteBudget(most: number): ByteBudget {
  let held = 0
  return {
    take(bytes) {
      if (held + bytes > most) return false
      held += bytes
      return true
    },
    give(bytes) {
      held -= bytes
    },
  }
}

/** The whole body as bytes: a letter may be cut between two packets, so nothing is decoded before the end. */
export function readBody(request: HonoRequest, limit: number, budget: ByteBudget): Promise<Uint8Array | BodyRefusal> {
  const announced = request.header('content-length')
  if (announced === undefined) return readStream(request, limit, budget)
  return readAnnounced(request, /^\d+$/.test(announced) ? Number(announced) : Infinity, limit, budget)
}

/** The usual case, and the fast one: `arrayBuffer()` makes no web stream on Node. Node lets no more through than was announced. */
async function readAnnounced(request: HonoRequest, announced: number, limit: number, budget: ByteBudget): Promise<Uint8Array | BodyRefusal> {
  if (announced > limit) return 'too_large'
  if (!budget.take(announced)) return 'busy'
  try {
    const bytes = new Uint8Array(await request.arrayBuffer())
    return bytes.byteLength <= limit ? bytes : 'too_large'
  } catch {
    return 'cut_off'
  } finally {
    budget.give(announced)
  }
}

async function readStream(request: HonoRequest, limit: number, budget: ByteBudget): Promise<Uint8Array | BodyRefusal> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.raw.body ?? []) {
      if (size + chunk.byteLength > limit) return 'too_large'
      if (!budget.take(chunk.byteLength)) return 'busy'
      size += chunk.byteLength
      chunks.push(chunk)
    }
    return Buffer.concat(chunks, size)
  } catch {
    return 'cut_off'
  } finally {
    budget.give(size)
  }
}
