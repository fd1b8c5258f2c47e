import { Worker } from 'node:worker_threads'
import type { ContentWork } from '../console/content/work.ts'
import type { Papers } from '../console/papers.ts'
import { MINUTE, SECOND } from '../core/time.ts'

/** Without work for so long the thread ends: it may hold the whole of the words in memory. Staff who edit soon ask again, a server that has read its files does not. */
const idle = (name: WorkName): number => (name === 'faults' ? 5 * SECOND : 5 * MINUTE)

/** What the thread can do. */
export type WorkName = keyof ContentWork | keyof Papers
/** What goes to the thread and what comes back. */
export interface Asked { id: number; name: WorkName; given: unknown[] }
export type Answered = { id: number; result: unknown } | { id: number; error: string }

/**
 * Long computing for staff on a thread of its own, begun when it is first needed: a check of a whole handbook takes a second, a report
 * a tenth of one, in which citizens would wait. What is under way is rejected when the thread dies; the next call begins another.
 */
export function openComputingThread(): { content: ContentWork; papers: Papers; stop(): Promise<void> } {
  let thread: Worker | null = null
  let ending: NodeJS.Timeout | undefined
  let keep = 0
  let last = 0
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()

  function begin(): Worker {
    const worker = new Worker(new URL('./computing-thread-work.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 384 } })
    worker.unref()
    worker.on('message', (answered: Answered) => {
      const asked = waiting.get(answered.id)
      waiting.delete(answered.id)
      if ('error' in answered) asked?.reject(new Error(answered.error))
      else asked?.resolve(answered.result)
      if (waiting.size === 0) endLater()
    })
    // Also where it ran out of memory: its end follows.
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      if (thread !== worker) return
      thread = null
      giveUp()
    })
    return worker
  }

  function giveUp(): void {
    for (const { reject } of waiting.values()) reject(new Error('the thread for computing ended'))
    waiting.clear()
  }

  function endLater(): void {
    clearTimeout(ending)
    ending = setTimeout(() => void stop(), keep)
    ending.unref()
  }

  async function stop(): Promise<void> {
    clearTimeout(ending)
    const worker = thread
    thread = null
    keep = 0
    await worker?.terminate()
    if (thread === null) giveUp()
  }

  const ask = <Given extends unknown[], Result>(name: WorkName) => (...given: Given): Promise<Result> => new Promise((resolve, reject) => {
    clearTimeout(ending)
    keep = Math.max(keep, idle(name))
    const id = ++last
    waiting.set(id, { resolve: resolve as (result: unknown) => void, reject })
    thread ??= begin()
    thread.postMessage({ id, name, given } satisfies Asked)
  })

  return {
    stop,
    content: { check: ask('check'), faults: ask('faults'), workbook: ask('workbook'), plan: ask('plan'), waiting: ask('waiting') },
    papers: { report: ask('report'), reportFigures: ask('reportFigures'), unitForm: ask('unitForm'), readUnitForm: ask('readUnitForm') },
  }
}
