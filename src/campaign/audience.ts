import type { ContactFacts } from '../core/campaign.ts'
import type { AccountKey, ChannelName } from '../core/contact.ts'
import { fold } from '../core/text.ts'
import { vietnamMoment } from '../core/time.ts'
import type { Audience } from './campaign.ts'

/** Who of an account's contacts a post is for. What a person did not let us remember matches no wish for it. */
export function audienceOf({ commune, role, tags, language, lastSeenSince }: Audience): (facts: ContactFacts) => boolean {
  const since = lastSeenSince === null ? null : vietnamMoment(lastSeenSince)
  const [communes, roles, languages, wantedTags] = [commune, role, language, tags].map(folded)
  const matches = (wanted: ReadonlySet<string>, value: string | null): boolean => wanted.size === 0 || (value !== null && wanted.has(keyOf(value)))
  return (facts) =>
    (since === null || (facts.lastInboundAt !== null && facts.lastInboundAt >= since)) &&
    matches(communes!, facts.commune) && matches(roles!, facts.role) && matches(languages!, facts.language) &&
    (wantedTags!.size === 0 || facts.tags.some((tag) => wantedTags!.has(keyOf(tag))))
}

const folded = (values: readonly string[]): ReadonlySet<string> => new Set(values.map(keyOf))

/** A province has some hundred communes and a few roles, asked about again for every contact. */
const keys = new Map<string, string>()
const mostKeys = 10_000

function keyOf(value: string): string {
  const known = keys.get(value)
  if (known !== undefined) return known
  if (keys.size >= mostKeys) keys.clear()
  const key = fold(value.trim())
  keys.set(value, key)
  return key
}

/** The accounts of a channel that a post goes to. `accounts`: those in service, rehearsal ones already left out. */
export const accountsFor = (audience: Audience, channel: ChannelName, accounts: readonly AccountKey[]): AccountKey[] =>
  accounts.filter((account) => account.startsWith(`${channel}:`) && (audience.accounts.length === 0 || audience.accounts.includes(account)))
