import type { AccountProfile } from '../channels/profile.ts'
import type { Content, EntryItem } from '../content.ts'
import { greeting } from './compose.ts'
import { payloadOf } from './entry.ts'

/** What stands beside a conversation on the platforms, from `content/entry.yaml`. */
export function profileOf(content: Content, privacyUrl: string | null): AccountProfile {
  const items = (list: EntryItem[]): AccountProfile['menu'] =>
    list.map(({ title, opens }) => (/^https:\/\//.test(opens) ? { title, url: opens } : { title, payload: payloadOf(content, opens) }))
  const text = greeting(content, privacyUrl)
  const { persistentMenu, iceBreakers, commands } = content.entry
  return { greeting: text, description: text, menu: items(persistentMenu), iceBreakers: items(iceBreakers), commands }
}
