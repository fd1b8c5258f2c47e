import { words } from '../core/text.ts'

/** Shares of words and pairs from which two questions are taken for the same. */
const alike = 0.5

/**
 * Puts questions that ask the same way together, the largest group first, in a group the order given. `read` is a
 * question as it was understood, chat spellings written out. A question joins the group whose first one it is most like.
 */
export function groupSimilar<Question extends { read: string }>(questions: readonly Question[]): Question[][] {
  const groups: { terms: ReadonlySet<string>; members: Question[] }[] = []
  for (const question of questions) {
    const terms = termsOf(question.read)
    let nearest: { group: (typeof groups)[number]; likeness: number } | null = null
    for (const group of groups) {
      const likeness = likenessOf(terms, group.terms)
      if (likeness >= alike && likeness > (nearest?.likeness ?? 0)) nearest = { group, likeness }
    }
    if (nearest === null) groups.push({ terms, members: [question] })
    else nearest.group.members.push(question)
  }
  return groups.map(({ members }) => members).sort((a, b) => b.length - a.length)
}

/** Said around a question without asking anything: two questions are not alike because both are polite. */
const filling: ReadonlySet<string> = new Set('a ad da oi voi nhe nha vay thi la co cho toi tui minh em anh chi xin hoi muon can duoc khong gi lam sao the nao o dau bao nhieu bi roi gio'.split(' '))

function termsOf(read: string): ReadonlySet<string> {
  const all = words(read)
  const telling = all.filter((word) => !filling.has(word))
  const used = telling.length === 0 ? all : telling
  return new Set([...used, ...used.slice(1).map((word, at) => `${used[at]!} ${word}`)])
}

/** Dice: twice what is shared by what both have; 0 to 1. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 1
  let shared = 0
  for (const term of a) if (b.has(term)) shared++
  return (2 * shared) / (a.size + b.size)
}
