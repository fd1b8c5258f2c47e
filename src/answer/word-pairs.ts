/** Which numbers (of words, below 65,536) stood beside each other, and how often. */
export interface WordPairs {
  add(first: number, second: number): void
  /** How often `second` followed `first`; whatever is asked after nothing more is added costs no further memory. */
  times(first: number, second: number): number
}

/** Kept as sorted numbers: a tenth of what a map of them would take. */
export function countPairs(): WordPairs {
  let added: number[] = []
  let pairs = new Uint32Array(0)
  let counts = new Uint16Array(0)
  function sort(): void {
    const all = Uint32Array.from(added).sort()
    added = []
    pairs = all.filter((pair, at) => pair !== all[at - 1])
    counts = new Uint16Array(pairs.length)
    let at = 0
    for (const pair of all) {
      if (pair !== pairs[at]) at++
      if (counts[at]! < 0xffff) counts[at]!++
    }
  }
  return {
    add: (first, second) => void added.push(pairOf(first, second)),
    times(first, second) {
      if (added.length > 0) sort()
      const wanted = pairOf(first, second)
      let from = 0
      let to = pairs.length
      while (from < to) {
        const middle = (from + to) >> 1
        if (pairs[middle]! < wanted) from = middle + 1
        else to = middle
      }
      return pairs[from] === wanted ? counts[from]! : 0
    },
  }
}

const pairOf = (first: number, second: number): number => first * 0x10000 + second
