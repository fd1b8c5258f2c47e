/**
 * BM25 over one kind of term, each score divided by the question's own best possible one: a document that is the
 * question itself scores about 1, whatever the question's length.
 */
export interface Bm25 {
  /** Adds `weight` × score (0 to about 1) of every document that shares a term with the question to `into`. */
  score(terms: Terms, weight: number, into: Float64Array): void
  /**
   * Adds how much likelier the question's terms are in each document than in all together: a sum of logarithms, without
   * upper bound. In a long story one telling word counts more here than many ordinary ones.
   */
  addLikelihood(terms: Terms, into: Float64Array): void
  /** How rare a term is; terms never seen count as the rarest. */
  idf(term: number): number
  /** Whether a document has the term. */
  holds(term: number, document: number): boolean
}

/** Terms as the numbers that a `TermNumbers` gave them, repeats kept. */
export type Terms = readonly number[]

/** Gives every different term a number, from 0 on: a text's words are looked up once, whatever they are compared with. */
export interface TermNumbers<Term> {
  /** The term's number, a new one at first sight. */
  learn(term: Term): number
  /** Numbers of a question's terms: unknown ones get numbers from `size` on, each its own, and are not kept. */
  of(terms: readonly Term[]): number[]
  readonly size: number
}

export function numberTerms<Term>(): TermNumbers<Term> {
  const numbers = new Map<Term, number>()
  return {
    learn(term) {
      let known = numbers.get(term)
      if (known === undefined) numbers.set(term, (known = numbers.size))
      return known
    },
    of(terms) {
      const strange = new Map<Term, number>()
      return terms.map((term) => {
        const known = numbers.get(term) ?? strange.get(term)
        if (known !== undefined) return known
        const next = numbers.size + strange.size
        strange.set(term, next)
        return next
      })
    },
    get size() {
      return numbers.size
    },
  }
}

const K1 = 1.2
/** How far a term's share in one document is trusted against its share in all of them. */
const TRUST = 0.2

/**
 * `different`: how many terms there are. `b`: how much long documents are held against them, 0 to 1. `documentOf`: where
 * several texts in a row are one document, the number of each text's, from 0 on without a gap.
 */
export function indexTerms(texts: readonly Terms[], different: number, b: number, documentOf: ArrayLike<number> = texts.map((_, at) => at)): Bm25 {
  const documents = texts.length === 0 ? 0 : documentOf[texts.length - 1]! + 1
  const postings = count(texts, different, documentOf)
  const found = new Int32Array(different)
  for (let at = 0; at < postings.id.length; at++) found[postings.id[at]!]!++

  const rarestOf = Math.log(1 + (documents + 0.5) / 0.5)
  const rarity = Float64Array.from(found, (n) => Math.log(1 + (documents - n + 0.5) / (n + 0.5)))
  const lengths = new Int32Array(documents)
  texts.forEach((terms, at) => (lengths[documentOf[at]!]! += terms.length))
  const inAll = lengths.reduce((sum, length) => sum + length, 0)
  const averageLength = Math.max(1, inAll / Math.max(1, documents))
  const lengthPart = (length: number): number => K1 * (1 - b + (b * length) / averageLength)
  const gain = (times: number, length: number): number => (times * (K1 + 1)) / (times + lengthPart(length))

  const starts = new Int32Array(different + 1)
  for (let id = 0; id < different; id++) starts[id + 1] = starts[id]! + found[id]!
  const next = starts.slice()
  const docs = new (documents > 0xffff ? Int32Array : Uint16Array)(postings.id.length)
  const times = new Uint16Array(postings.id.length)
  const gains = new Float32Array(postings.id.length)
  const timesInAll = new Int32Array(different)
  for (let at = 0; at < postings.id.length; at++) {
    const id = postings.id[at]!
    const doc = postings.doc[at]!
    const to = next[id]!++
    docs[to] = doc
    times[to] = postings.times[at]!
    gains[to] = rarity[id]! * gain(postings.times[at]!, lengths[doc]!)
    timesInAll[id]! += postings.times[at]!
  }

  /** Of each posting; made when it is first asked for, since most kinds of term never are. */
  let likelihoods: Float32Array | null = null
  function likelihoodOfPostings(): Float32Array {
    const made = new Float32Array(docs.length)
    for (let id = 0; id < different; id++) {
      for (let at = starts[id]!; at < starts[id + 1]!; at++) made[at] = Math.log(1 + (TRUST * times[at]! * inAll) / (timesInAll[id]! * lengths[docs[at]!]!))
    }
    return made
  }

  const idf = (id: number): number => (id < different ? rarity[id]! : rarestOf)
  return {
    score(terms, weight, into) {
      const times = new Map<number, number>()
      for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1)
      let best = 0
      for (const [term, n] of times) best += idf(term) * gain(n, terms.length)
      if (best === 0) return
      const scale = weight / best
      for (const id of times.keys()) {
        if (id >= different) continue
        const end = starts[id + 1]!
        for (let at = starts[id]!; at < end; at++) into[docs[at]!]! += gains[at]! * scale
      }
    },
    addLikelihood(terms, into) {
      likelihoods ??= likelihoodOfPostings()
      for (const id of new Set(terms)) {
        if (id >= different) continue
        const end = starts[id + 1]!
        for (let at = starts[id]!; at < end; at++) into[docs[at]!]! += likelihoods[at]!
      }
    },
    idf,
    holds: (term, document) => term < different && docs.subarray(starts[term]!, starts[term + 1]!).includes(document),
  }
}

interface Postings { id: Int32Array; doc: Int32Array; times: Int32Array }

/** How often each term stands in each document, document after document. */
function count(texts: readonly Terms[], different: number, documentOf: ArrayLike<number>): Postings {
  const room = texts.reduce((sum, terms) => sum + terms.length, 0)
  const id = new Int32Array(room)
  const doc = new Int32Array(room)
  const times = new Int32Array(room)
  /** Where the posting of a term in the document at hand stands. */
  const placeOf = new Int32Array(different).fill(-1)
  let used = 0
  let from = 0
  texts.forEach((terms, at) => {
    if (at > 0 && documentOf[at] !== documentOf[at - 1]) from = used
    for (const term of terms) {
      if (placeOf[term]! < from) {
        placeOf[term] = used
        id[used] = term
        doc[used] = documentOf[at]!
        used++
      }
      times[placeOf[term]!]!++
    }
  })
  return { id: id.subarray(0, used), doc: doc.subarray(0, used), times: times.subarray(0, used) }
}
