/** One question with its answer and sources: `content/articles/<group>/<id>.md`. */
export interface Article {
  id: string
  title: string
  /** As citizens say it, at least four ways. */
  questions: string[]
  /** `YYYY-MM-DD`. */
  reviewed: string
  reviewBy: string
  owner: string
  sources: Source[]
  actions: { title: string; url: string }[]
  related: string[]
  /** The first paragraph: at most 300 characters, good alone. Placeholders already filled in. */
  short: string
  /** The rest: numbered steps or facts. Empty when the short answer is all. */
  details: string
  /** The section `## Đọc loa`: read out on the commune's loudspeakers, shown on the page and never in chat. Empty when there is none. */
  loudspeaker: string
  /** Recordings of the answer in the languages of the province, each spoken by a person. */
  audio: Recording[]
  /** Ids of pictures and files that go with the answer (`content/assets/assets.yaml`). */
  assets: string[]
  /** Not answered any more; its page stays and says so. Null for an article in use. */
  withdrawn: Withdrawal | null
  /** Which file it came from, for messages to staff. */
  file: string
}

export interface Source {
  title: string
  /** The document's number (`69/2024/NĐ-CP`); null for a page or newspaper. */
  number: string | null
  date: string
  url: string | null
}

/** Who put the words into that language and who checked them: people, since nobody here could check a machine's. */
export interface Recording {
  /** As it is told: `tiếng Mông`. */
  language: string
  /** Id of the asset. */
  asset: string
  translatedBy: string
  checkedBy: string
}

/** `on` is `YYYY-MM-DD`; `replacedBy` the article that answers instead, null where none does. */
export interface Withdrawal { on: string; replacedBy: string | null }

/** Where the article's page is, below the server's address. Printed on paper: never changes. */
export const articlePath = (id: string): string => `/muc/${id}`

/** The folder below `articles/` that the article was read from; empty when it lies there directly. */
export const groupOf = ({ file }: Pick<Article, 'file'>): string => /(?:^|\/)articles\/([^/]+)\/[^/]+$/.exec(file)?.[1] ?? ''

/** Past its review date an article is not given as current. `day` is `YYYY-MM-DD` in Viet Nam. */
export const isExpired = (article: Article, day: string): boolean => article.reviewBy < day
