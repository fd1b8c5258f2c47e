import { performance } from 'node:perf_hooks'

/** One message of one person. `n`: it is the person's nth, from 0. */
export interface Message { id: string; person: number; n: number }

/** What the work is told by whoever does it. */
export interface Told {
  /** The message is being handled. Throws for the few whose first try fails, as a platform that does not answer makes it. */
  begins(message: Message): void
  ends(message: Message): void
  /** Its reply went out. */
  sent(message: Message): void
}

/** A queue set up for the work. */
export interface Contender {
  /** Resolves when the message is as durable as this queue makes it: then the platform gets its 200. */
  take(message: Message): Promise<void>
  /** How many messages the saved states of all people have counted. */
  counted(): Promise<number>
  close(): Promise<void>
}

export interface Size { people: number; each: number; together: number }

export interface Result {
  acksPerSecond: number
  messagesPerSecond: number
  /** Of this process, in microseconds a message; the servers' is not counted. */
  cpu: number
  /** Messages that began after a later one of the same person had. */
  outOfOrder: number
  /** Messages that began while another of the same person was at work. */
  overlapping: number
  lost: number
  /** Messages that the states of their people do not know. */
  forgotten: number
}

const fails = ({ person, n }: Message): boolean => person % 50 === 0 && n === 3
const patience = 120_000

/**
 * The path of a message: taken in, handled with its person's state read and written and one reply queued, the reply sent. Every
 * person writes `each` messages, each after the one before it was taken; of all people `together` write at the same moment.
 */
export async function measure(open: (told: Told) => Promise<Contender>, { people, each, together }: Size): Promise<Result> {
  const messages = people * each
  const latest = new Array<number>(people).fill(-1)
  const atWork = new Array<number>(people).fill(0)
  const failed = new Set<string>()
  const replied = new Set<string>()
  let [outOfOrder, overlapping] = [0, 0]
  const { promise: allSent, resolve: finish } = Promise.withResolvers<void>()
  const contender = await open({
    begins(message) {
      const { person, n, id } = message
      if (n < latest[person]!) outOfOrder++
      latest[person] = Math.max(latest[person]!, n)
      if (atWork[person]! > 0) overlapping++
      if (fails(message) && !failed.has(id)) {
        failed.add(id)
        throw new Error('the first try fails')
      }
      atWork[person]!++
    },
    ends: ({ person }) => void atWork[person]!--,
    sent({ id }) {
      replied.add(id)
      if (replied.size === messages) finish()
    },
  })
  try {
    const [began, cpu] = [performance.now(), process.cpuUsage()]
    let next = 0
    await Promise.all(Array.from({ length: together }, async () => {
      for (let at = next++; at < messages; at = next++) {
        const [person, n] = [at % people, Math.floor(at / people)]
        await contender.take({ id: `zalo:4300112233445566778:message:${person}-${n}`, person, n })
      }
    }))
    const taken = performance.now() - began
    await Promise.race([allSent, new Promise((resolve) => setTimeout(resolve, patience).unref())])
    const [all, used] = [performance.now() - began, process.cpuUsage(cpu)]
    return {
      acksPerSecond: (messages / taken) * 1_000, messagesPerSecond: (replied.size / all) * 1_000, cpu: (used.user + used.system) / messages,
      outOfOrder, overlapping, lost: messages - replied.size, forgotten: messages - await contender.counted(),
    }
  } finally {
    await contender.close()
  }
}

/** A person's state, as large as a conversation is. */
export const stateOf = (messages: number): string => JSON.stringify({ messages, list: 'x'.repeat(500) })
export const countOf = (state: string): number => (JSON.parse(state) as { messages: number }).messages
