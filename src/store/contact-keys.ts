import { contactKey, type Contact } from '../core/contact.ts'

/** So many contacts' keys are remembered: an HMAC costs more than all else that a message needs before it is stored. */
const REMEMBERED = 20_000

/** `contactKey` under the store's secret, which may change once, when a copy brings another. `secret` is asked each time. */
export function rememberedKeys(secret: () => string): (contact: Contact) => string {
  const keys = new Map<string, string>()
  let madeWith = ''
  return (contact) => {
    if (madeWith !== secret() || keys.size >= REMEMBERED) keys.clear()
    madeWith = secret()
    const name = `${contact.channel}\0${contact.accountId}\0${contact.userId}`
    const known = keys.get(name)
    if (known !== undefined) return known
    const made = contactKey(contact, madeWith)
    keys.set(name, made)
    return made
  }
}
