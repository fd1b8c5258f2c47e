import bundle from 'camnang:content'
import { createAnswerer } from '../answer/retrieval.ts'
import { readCampaignFiles } from '../campaign/files.ts'
import type { CampaignWorld } from '../campaign/world.ts'
import type { Config } from '../config.ts'
import { ContentHolder, filesOfBundle, formatProblems, loadContent, type FileSource } from '../content.ts'
import type { AccountKey } from '../core/contact.ts'
import { SECOND, vietnamDay, type Millis } from '../core/time.ts'
import { createGate, type Gate } from '../delivery/gate.ts'
import { freshMemory, type D1Memory } from '../store/d1/open.ts'
import type { Register } from '../store/ports.ts'
import { makeCampaignWorld } from './campaign-world.ts'
import type { WorkerEnv } from './env.ts'

/** How old the word of the store may be about whether an account may send. */
const gateKept: Millis = 15 * SECOND

/**
 * What the invocations in one isolate share: nothing that is under way, only what was read. Reading the content takes some hundred milliseconds, so that it waits
 * until somebody needs it.
 */
export class Isolate {
  readonly memory: D1Memory = freshMemory()
  #files: FileSource | null = null
  #holder: ContentHolder | null = null
  #world: CampaignWorld | null = null
  #gate: Gate | null = null
  #gateReadAt: Millis = Number.NEGATIVE_INFINITY

  files(): FileSource {
    this.#files ??= filesOfBundle(bundle)
    return this.#files
  }

  /** Throws where the bundle cannot be answered from; `content build` makes none of that kind. */
  content(): ContentHolder {
    if (this.#holder !== null) return this.#holder
    const read = loadContent(this.files(), { createAnswerer })
    if ('problems' in read) throw new Error(formatProblems(read.problems).join('\n'))
    this.#holder = new ContentHolder(read.content, Date.now())
    return this.#holder
  }

  async world({ publicUrl }: Config, assets: WorkerEnv['ASSETS']): Promise<CampaignWorld> {
    if (this.#world !== null) return this.#world
    const { rules } = readCampaignFiles(this.files(), vietnamDay(Date.now()))
    const world = await makeCampaignWorld(this.content().current, rules, publicUrl!, assets)
    this.#world ??= world
    return this.#world
  }

  /** Which accounts may send, as far as `readAccounts` has asked. */
  gate(register: Register, accounts: readonly AccountKey[]): Gate {
    this.#gate ??= createGate(register, accounts, Date.now)
    return this.#gate
  }

  /** Asks the store where what is known is too old. */
  async readAccounts(now: Millis): Promise<void> {
    if (now - this.#gateReadAt < gateKept) return
    await this.#gate?.refresh()
    this.#gateReadAt = now
  }
}
