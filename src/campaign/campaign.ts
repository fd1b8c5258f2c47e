import type { PlannedActivity } from '../content/calendar.ts'
import type { MeansName } from '../core/campaign.ts'
import type { AccountKey, ChannelName } from '../core/contact.ts'
import type { Link, Media } from '../core/message.ts'
import type { Millis } from '../core/time.ts'

/** Announcements of one occasion: what is said, to whom, when and by which means. */
export interface Campaign {
  id: string
  /** Made to be looked at: never submitted. */
  sample: boolean
  name: string
  purpose: string
  /** `YYYY-MM-DD`, first and last day. */
  period: { from: string; to: string }
  /** Null: not announced yet. */
  theme: string | null
  slogans: string[]
  /** Days on which Zalo's monthly allowance is spent first. */
  keyDays: string[]
  /** What happens when and where, as written, for citizens who ask; it goes out by no post. Absent: there is none. */
  calendar?: PlannedActivity[]
  /** As written; sent by their time. */
  posts: Post[]
  /** Only of a correction's follow-up: it goes to those whom these posts of another campaign reached, and to nobody else. */
  followUp?: { campaign: string; posts: Record<string, string> }
}

/** One message of a campaign. */
export interface Post {
  id: string
  /** Title of an article, and what staff see in lists. */
  title: string
  /** A whole minute. */
  at: Millis
  /** `skip`: whoever would get it in quiet hours does not get it any more, as with a reminder for tonight. */
  atNight: 'wait' | 'skip'
  message: PostMessage
  audience: Audience
  /** At most one a channel, in the order of channels; not empty. */
  means: MeansChoice[]
  /** Who is named or shown, and where their consent is kept. */
  people: { name: string; consent: string }[]
}

/** Texts may show `{{province.KEY}}` and `{{campaign.KEY}}`. */
export interface PostMessage {
  text: string
  /** `asset` is the id of an uploaded file, never an address. */
  media: { kind: Media['kind']; asset: string } | null
  links: Link[]
  /** `opens`: `flow:<id>` or `article:<id>`. */
  buttons: { title: string; opens: string }[]
}

/** Who of the contacts; an empty list leaves nobody out. Values are compared without case and diacritics. */
export interface Audience {
  channels: ChannelName[]
  accounts: AccountKey[]
  commune: string[]
  role: string[]
  tags: string[]
  language: string[]
  /** `YYYY-MM-DD`: wrote to us on this day or later; null: whenever. */
  lastSeenSince: string | null
}

export interface MeansChoice {
  means: MeansName
  /** What the platform approved beforehand; null for means that carry free text. */
  template: { id: string; language: string | null; data: Record<string, string> } | null
  /** Zalo's codes of provinces for a broadcast; empty: everywhere. */
  cities: string[]
  /** Also write after the free window, which is billed. */
  paid: boolean
}
