import { SECOND, type Millis } from '../core/time.ts'

type Answer<Bindings> = (request: Request, bindings: Bindings) => Response | Promise<Response>

/**
 * Where requests come in from the first moment of a start. What comes before the program can answer waits for it, so that a restart
 * costs a webhook some tenths of a second and not a try of its platform's.
 */
export interface Door<Bindings> {
  answer: Answer<Bindings>
  /** The program can answer: those who wait go in, in order, and everybody after them without waiting. */
  open(answer: Answer<Bindings>): void
  /** It never will: those who wait are told to come again. Safe to call twice. */
  shut(): void
}

/** Zalo gives up after two seconds. */
const longestWait: Millis = 1.5 * SECOND
/** Each holds a connection and its memory. */
const mostWaiting = 1_000

/** `after` does work later, unless what it returns is called before. */
export function createDoor<Bindings>(after: (time: Millis, work: () => void) => () => void): Door<Bindings> {
  let opened: Answer<Bindings> | null = null
  let isShut = false
  const waiting = new Set<() => void>()

  const wait = (request: Request, bindings: Bindings): Promise<Response> => new Promise((resolve) => {
    const enter = (): void => {
      cancel()
      waiting.delete(enter)
      resolve(opened === null ? comeAgain() : opened(request, bindings))
    }
    const cancel = after(longestWait, enter)
    waiting.add(enter)
  })

  const enterAll = (): void => {
    for (const enter of [...waiting]) enter()
  }

  return {
    answer(request, bindings) {
      if (opened !== null) return opened(request, bindings)
      return isShut || waiting.size >= mostWaiting ? comeAgain() : wait(request, bindings)
    },
    open(answer) {
      opened = answer
      enterAll()
    },
    shut() {
      isShut = true
      enterAll()
    },
  }
}

/** Platforms repeat what was answered so. */
const comeAgain = (): Response => new Response('starting', { status: 503, headers: { 'retry-after': '1' } })
