import type { Contacts } from './contacts.ts'
import { linksIn } from './links.ts'

/**
 * What texts and links are compared with. `advice`: the list is the project's, not this folder's own; a page it does not
 * know is then only worth a look. A number it does not know stays an error: whoever calls a wrong one is harmed the same,
 * and the province's own numbers are known from `province.yaml`.
 */
export interface Known extends Contacts {
  advice: boolean
  /** Hosts that `province.yaml` names: what is wrong with them is told there. */
  own: readonly string[]
}

/** The list, with the province's own numbers and pages, from the values of `province.yaml`. Null where nobody keeps a list to compare with. */
export function knownContacts(contacts: (Contacts & { lent: boolean }) | null, province: Readonly<Record<string, string>>): Known | null {
  if (contacts === null) return null
  const own = Object.values(province)
  const ownHosts = own.flatMap(linksIn).map(({ host }) => host)
  return {
    phones: new Set([...contacts.phones, ...own.flatMap((text) => text.match(/\+?\d(?:[ .()-]{0,2}\d){2,12}/g) ?? []).map((number) => number.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0'))]),
    sites: [...contacts.sites, ...ownHosts],
    own: ownHosts,
    press: contacts.press,
    unsure: contacts.unsure,
    advice: contacts.lent,
  }
}
