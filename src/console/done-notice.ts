import { notice, type Html } from './components.ts'
import type { Asked } from './guard.ts'

/** What the pages of one kind say was just done, by the word that stands in their address as `?da=`. `warn`: it is no good news. */
export type DoneSentences = Readonly<Record<string, string | { warn: string }>>

/** What was just done, told on the page that follows; empty where the address has no word, or one that is not ours. */
export function doneNotice({ c }: Pick<Asked, 'c'>, sentences: DoneSentences): Html | '' {
  const word = c.req.query('da') ?? ''
  const sentence = Object.hasOwn(sentences, word) ? sentences[word] : undefined
  if (sentence === undefined) return ''
  return typeof sentence === 'string' ? notice(sentence, 'good') : notice(sentence.warn, 'warn')
}
