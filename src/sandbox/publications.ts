import type { Millis } from '../core/time.ts'

/** Something put up for everybody: an article, its broadcast, a page's post, a post in a channel. */
export interface Publication {
  id: string
  at: Millis
  kind: 'article' | 'broadcast' | 'page_post' | 'channel_post'
  /** Of an article; empty for all others. */
  title: string
  text: string
  /** Picture, film or link beside the words; of a broadcast the article's id; null where there is none. */
  shows: string | null
  state: 'up' | 'edited' | 'gone'
}

/** What one platform shows to everybody, in the order in which it came. */
export class Publications {
  readonly all: Publication[] = []

  add(publication: Omit<Publication, 'state' | 'title'> & { title?: string }): Publication {
    const made: Publication = { title: '', state: 'up', ...publication }
    this.all.push(made)
    return made
  }

  /** Null when it is not there, or gone. */
  find(id: string): Publication | null {
    return this.all.find((each) => each.id === id && each.state !== 'gone') ?? null
  }
}
