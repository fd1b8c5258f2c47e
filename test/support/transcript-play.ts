import { plainText } from '../../src/channels/parts.ts'
import type { Content } from '../../src/content.ts'
import type { ChannelName } from '../../src/core/contact.ts'
import type { EventBody } from '../../src/core/event.ts'
import type { Part } from '../../src/core/message.ts'
import { payloadOf } from '../../src/conversation/entry.ts'
import type { Outcome } from '../../src/store/ports.ts'
import { TranscriptError, type Transcript, type Turn } from './transcript.ts'
import { knownDirections, readDirection, type Direction } from './transcript-directions.ts'
import { HOUR, MINUTE, World } from './world.ts'

/** What was said to the citizen, one list per turn, and what was counted on the way. */
export interface Played {
  answers: string[][]
  outcomes: Outcome[]
}

/** Plays a file against the whole app on a store of its own: one citizen, who may write on several channels. */
export async function playTranscript(transcript: Transcript, content: Content): Promise<Played> {
  const world = await World.open(content)
  try {
    const citizen = new Citizen(world, content, transcript.file)
    const answers: string[][] = []
    for (const turn of transcript.turns) answers.push(await citizen.does(turn))
    return { answers, outcomes: await world.store.readOutcomes('2000-01-01', '2100-01-01') }
  } finally {
    await world.close()
  }
}

const name = 'citizen'

class Citizen {
  #channel: ChannelName = 'zalo'
  #delay = 0
  #begun = false
  /** How many messages of each channel have been shown. */
  readonly #shown = { zalo: 0, facebook: 0, telegram: 0 }
  readonly #world: World
  readonly #content: Content
  readonly #file: string
  constructor(world: World, content: Content, file: string) {
    this.#world = world
    this.#content = content
    this.#file = file
  }

  /** Everything the bot says from then on, until it has nothing more to say at that time. */
  async does(turn: Turn): Promise<string[]> {
    if (turn.by === 'citizen') {
      await this.#sends({ kind: 'text', text: turn.text })
      return this.#heard()
    }
    const direction = this.#directionOf(turn)
    await this.#obeys(turn, direction)
    const heard = this.#heard()
    return direction.kind === 'acquainted' ? [] : heard
  }

  #directionOf({ line, text }: Turn): Direction {
    const direction = readDirection(text)
    if (direction === null) throw new TranscriptError(this.#file, line, `không hiểu "@ ${text}" → viết được: ${knownDirections.map((known) => `"@ ${known}"`).join(', ')}`)
    return direction
  }

  async #obeys(turn: Turn, direction: Direction): Promise<void> {
    switch (direction.kind) {
      case 'channel': this.#channel = direction.channel; return
      case 'clock': return this.#waitsUntil(turn, direction.at)
      case 'pass': return this.#waits(direction.time)
      case 'delay': this.#delay = direction.time; return
      case 'acquainted': return this.#sends({ kind: 'follow' })
      case 'press': return this.#sends({ kind: 'tap', payload: this.#payloadBehind(turn, direction.title) })
      case 'event': return this.#sends(direction.body)
    }
  }

  async #sends(body: EventBody): Promise<void> {
    this.#begun = true
    const sentAt = this.#world.now - this.#delay
    this.#delay = 0
    await this.#world.hears(name, body, { channel: this.#channel, sentAt })
  }

  /** Before the first word the clock may be set to any time; afterwards it only goes on. */
  async #waitsUntil({ line }: Turn, at: number): Promise<void> {
    if (!this.#begun) this.#world.now = at
    else if (at < this.#world.now) throw new TranscriptError(this.#file, line, 'thời gian không đi lùi được')
    else await this.#waits(at - this.#world.now)
  }

  /** In steps, so that every job runs when it is due. */
  async #waits(time: number): Promise<void> {
    const step = time > 12 * HOUR ? HOUR : 5 * MINUTE
    for (let left = time; left > 0; left -= step) await this.#world.pass(Math.min(step, left))
  }

  /** The newest button of that title on this channel, or an entry of the platform's own menus. */
  #payloadBehind({ line }: Turn, title: string): string {
    const buttons = this.#world.channels[this.#channel].sent.toReversed().flatMap(({ part }) => part.choices ?? [])
    const shown = buttons.find((button) => button.title === title)
    if (shown !== undefined) return shown.payload
    const entry = [...this.#content.entry.persistentMenu, ...this.#content.entry.iceBreakers].find((item) => item.title === title)
    if (entry !== undefined) return payloadOf(this.#content, entry.opens)
    const titles = [...new Set(buttons.map((button) => `"${button.title}"`))].slice(0, 8)
    throw new TranscriptError(this.#file, line, `không thấy nút "${title}" trên ${this.#channel}; vừa hiện: ${titles.join(', ') || 'chưa có nút nào'}`)
  }

  #heard(): string[] {
    return Object.values(this.#world.channels).flatMap((channel) => {
      const fresh = channel.sent.slice(this.#shown[channel.name])
      this.#shown[channel.name] += fresh.length
      return fresh.map(({ part }) => `${channel.name === this.#channel ? '' : `[${channel.name}] `}${asRead(part)}`)
    })
  }
}

/** A message as the citizen reads it: its words with links and pictures as lines, and whether it answers an earlier one. */
function asRead(part: Part): string {
  return `${part.quote === undefined ? '' : '(trích tin đã hỏi) '}${plainText(part)}`
}
