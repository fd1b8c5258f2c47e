import type { Context, HonoRequest } from 'hono'
import { headerOf, type RequestBindings } from '../src/core/request.ts'

/** Why no body was read: over the channel's limit, too many bytes of others are being read, or the sender went away. */
export type BodyRefusal = 'too_large' | 'busy' | 'cut_off'

/**
 * How many bytes that nobody has vouched for yet may be held at once. What counts is what has come, not what was
 * announced: announcing costs a sender nothing. When they become too many, the body that began first is given up, since a
 * platform's arrives within moments and whoever is slow can come again.
 */
export interface ByteBudget {
  /** A place for one body. `giveUp` is called at most once, when its bytes must go to make room for others. */
  begin(giveUp: () => void): Share
}

/** The bytes held for one body. */
export interface Share {
  /** False when they are too many even with everybody else given up. */
  add(bytes: number): boolean
  /** Gives all of them back. Safe to repeat. */
  end(): void
}

export function createByteBudget(most: number): ByteBudget {
  /** Oldest first. */
  const shares = new Map<Share, { bytes: number; giveUp: () => void }>()
  let held = 0
  return {
    begin(giveUp) {
      const share: Share = {
        add(bytes) {
          const own = shares.get(share)
          if (own === undefined || own.bytes + bytes > most) return false
          for (const [other, { giveUp: giveUpOther }] of shares) {
            if (held + bytes <= most) break
            if (other === share) continue
            other.end()
            giveUpOther()
          }
          own.bytes += bytes
          held += bytes
          return true
        },
        end() {
          held -= shares.get(share)?.bytes ?? 0
          shares.delete(share)
        },
      }
      shares.set(share, { bytes: 0, giveUp })
      return share
    },
  }
}

/** A body announced as no longer than this is read without counting: a connection costs as much by itself. */
const small = 16 * 1024

/** The whole body as bytes: a letter may be cut between two packets, so nothing is decoded before the end. */
export function readBody(c: Context<{ Bindings: RequestBindings }>, limit: number, budget: ByteBudget): Promise<Uint8Array | BodyRefusal> {
  const { req, env } = c
  const announced = headerOf(c, 'content-length')
  if (announced === null) return readCounting(req, limit, budget)
  const length = /^\d+$/.test(announced) ? Number(announced) : Infinity
  if (length > limit) return Promise.resolve('too_large')
  return length <= small ? readWhole(env?.readBody ?? (() => req.bytes()), limit) : readCounting(req, limit, budget)
}

/** The usual case, and the fast one: it needs no web stream. Node lets no more through than was announced. */
const readWhole = (read: () => Promise<Uint8Array>, limit: number): Promise<Uint8Array | BodyRefusal> =>
  read().then((bytes) => (bytes.byteLength <= limit ? bytes : 'too_large'), () => 'cut_off')

async function readCounting(request: HonoRequest, limit: number, budget: ByteBudget): Promise<Uint8Array | BodyRefusal> {
  const reader = request.raw.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  let givenUp = false
  const stop = (why: BodyRefusal): BodyRefusal => {
    reader.cancel().catch(() => undefined)
    return why
  }
  const share = budget.begin(() => {
    givenUp = true
    chunks.length = 0
    stop('busy')
  })
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (value === undefined) continue
      size += value.byteLength
      if (size > limit) return stop('too_large')
      if (!share.add(value.byteLength)) return stop('busy')
      chunks.push(value)
    }
    return givenUp ? 'busy' : Buffer.concat(chunks, size)
  } catch {
    return givenUp ? 'busy' : 'cut_off'
  } finally {
    share.end()
  }
}
