import type { Answerer } from '../answer/answerer.ts'
import type { Article } from '../answer/article.ts'
import type { Replies } from '../core/replies.ts'
import type { FlowSet } from '../flow/flow.ts'
import type { Asset } from './assets.ts'
import type { Calendars } from './calendar.ts'
import type { Known } from './known-contacts.ts'
import type { SavedReply } from './saved-replies.ts'

/** Everything people write, read, checked and ready to answer from. One value: a reload swaps it whole. */
export interface Content {
  /** Always holds the flow `main`: where nobody wrote one, a menu of all flows by title. */
  flows: FlowSet
  /** What may be answered, by id. */
  articles: ReadonlyMap<string, Article>
  /** Articles that are not answered any more: their pages stay. */
  withdrawn: ReadonlyMap<string, Article>
  assets: ReadonlyMap<string, Asset>
  /** What happens when, by campaign. */
  calendars: Calendars
  /** What the folders of articles are called, in the order they are shown. */
  groups: Readonly<Record<string, string>>
  replies: Replies
  /** What the person on duty may start an answer from. */
  savedReplies: readonly SavedReply[]
  entry: Entry
  province: Province
  /** Hosts that `contacts.yaml` lists without doubt and those of the province, beside all of the state's: the only ones an article still leads to that may not be told. */
  officialSites: readonly string[]
  /** Numbers and pages that citizens may be told of; null where there is no list. */
  contacts: Known | null
  /** Which of the files that must be the province's own the project lent: names as in `FileSource`. */
  lent: readonly string[]
  answerer: Answerer
  /** `content/privacy.md`: the notice shown at `/privacy`, Markdown with `{{province.KEY}}`. Empty when there is none. */
  privacy: string
  /** A hash of all files: which content gave an answer. */
  version: string
}

/** `content/entry.yaml`: how people come in. */
export interface Entry {
  /** The one greeting of a first contact; `{{privacy_url}}` and `{{province.KEY}}`. */
  greeting: string
  /** Facebook persistent menu and ice breakers, Telegram commands, Zalo menu (entered by hand). `opens`: `flow:<id>`, `article:<id>`, `command:<name>`, or a link. */
  persistentMenu: EntryItem[]
  iceBreakers: EntryItem[]
  commands: { command: string; description: string; opens: string }[]
  /** QR codes and links: `ref` → what it opens. A ref that is a flow or article id needs no line. */
  refs: Record<string, string>
}
export interface EntryItem { title: string; opens: string }

/** `content/province.yaml`. All values are text; `hours` is read by the duty-hours rule. */
export interface Province {
  values: Record<string, string>
  hours: DutyHours
}
/** When the duty person answers. */
export interface DutyHours {
  /** By day of the week, 0 for Sunday; a day that is not there has none. `from` and `to` in minutes of the day in Viet Nam. */
  weekly: Record<number, { from: number; to: number }[]>
  /** `YYYY-MM-DD`, closed all day. */
  holidays: string[]
}
