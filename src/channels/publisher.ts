import type { ChannelName } from '../core/contact.ts'
import type { Media, Part } from '../core/message.ts'
import type { Millis } from '../core/time.ts'

/** What is put up once for everybody. Platform-neutral: a `Publisher` makes its calls of this and of nothing else. */
export type PublicationContent =
  | { kind: 'article'; title: string; author: string; description: string; cover: Media | null; body: string[]; cities: string[] }
  /** A picture or a link with its preview, not both. */
  | { kind: 'page_post'; text: string; link: string | null; media: Media | null }
  | { kind: 'channel_post'; parts: Part[] }

/** Ids of what the platform made, by kind; also marks of how far publishing has come (`broadcast: begun`). */
export type PlatformIds = Readonly<Record<string, string>>

export interface PublishRequest {
  accountId: string
  content: PublicationContent
  /** What earlier tries kept; empty at the first. */
  ids: PlatformIds
  /** When this publication was first due: what the platform made before is another one. */
  since: Millis
  /** Keeps what was learnt before the next call, durably: a crash then finds it. Throws when the publication is no longer ours. */
  keep(ids: PlatformIds): Promise<void>
  /** Before each call that its platform's limit counts together with messages. Throws when it may not begin now; the publication is then gone on with later. */
  turn(): Promise<void>
}

/** One platform to publish on: `zalo-publisher.ts`, `facebook-publisher.ts`, `telegram-publisher.ts`. All methods throw `SendError` and nothing else of the platform's. */
export interface Publisher {
  readonly channel: ChannelName
  /** Whether this account can publish at all; else why not, a sentence for staff. */
  whyNot(accountId: string): string | null
  /** Puts it up, going on where `ids` ends. What has no known outcome is `uncertain`, and must not be repeated before `find`. */
  publish(request: PublishRequest): Promise<PlatformIds>
  /**
   * After a try without a known end: the ids if it is up, null if it surely is not, `unknown` where the platform cannot say.
   */
  find(request: Omit<PublishRequest, 'keep' | 'turn'>): Promise<PlatformIds | null | 'unknown'>
  /** The new words in place of the old. */
  edit(accountId: string, ids: PlatformIds, content: PublicationContent): Promise<void>
  /** No longer to be seen: hidden or deleted. */
  withdraw(accountId: string, ids: PlatformIds): Promise<void>
}
