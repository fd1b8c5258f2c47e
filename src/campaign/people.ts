import type { ContactFacts } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import type { SendFacts } from './decide.ts'

/** All contacts of a plan in columns: 100,000 of them are a few megabytes, and posts can be planned one after another. */
export interface People {
  add(batch: Iterable<ContactFacts>): void
  /** Contacts in the audience of a line, in the order they came. */
  of(line: object): readonly number[]
  /** Fills `into` with what the decider looks at, and gives it back: no object for each question. */
  read(index: number, into: SendFacts): SendFacts
  /** The contact has got a post on this day. */
  gotPost(index: number, day: string): void
  /** How many of an account's contacts opted out. */
  optedOut(account: AccountKey): number
}

export function createPeople(wishes: readonly { account: AccountKey; matches(facts: ContactFacts): boolean; line: object }[]): People {
  const lastInboundAt: (number | null)[] = []
  const flags: number[] = []
  const campaignDay: (string | null)[] = []
  const campaignsThatDay: number[] = []
  const optedOut = new Map<AccountKey, number>()
  const members = wishes.map((wish) => ({ ...wish, indexes: [] as number[] }))
  const byAccount = Map.groupBy(members, ({ account }) => account)
  const byLine = new Map(members.map(({ line, indexes }) => [line, indexes]))

  function addOne(facts: ContactFacts): void {
    if (facts.optedOut) optedOut.set(facts.account, (optedOut.get(facts.account) ?? 0) + 1)
    const index = flags.length
    let wanted = false
    for (const { matches, indexes } of byAccount.get(facts.account) ?? []) {
      if (!matches(facts)) continue
      indexes.push(index)
      wanted = true
    }
    if (!wanted) return
    lastInboundAt.push(facts.lastInboundAt)
    flags.push((facts.optedOut ? 1 : 0) + (facts.blocked ? 2 : 0) + (facts.consented ? 4 : 0))
    campaignDay.push(facts.campaignDay)
    campaignsThatDay.push(facts.campaignsThatDay)
  }

  return {
    add(batch) {
      for (const facts of batch) addOne(facts)
    },
    of: (line) => byLine.get(line) ?? [],
    read(index, into) {
      const flag = flags[index]!
      into.lastInboundAt = lastInboundAt[index]!
      into.optedOut = (flag & 1) !== 0
      into.blocked = (flag & 2) !== 0
      into.consented = (flag & 4) !== 0
      into.campaignDay = campaignDay[index]!
      into.campaignsThatDay = campaignsThatDay[index]!
      return into
    },
    gotPost(index, day) {
      campaignsThatDay[index] = campaignDay[index] === day ? campaignsThatDay[index]! + 1 : 1
      campaignDay[index] = day
    },
    optedOut: (account) => optedOut.get(account) ?? 0,
  }
}
