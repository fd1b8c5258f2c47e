import type { FacebookSettings } from '../src/config.ts'
import { readChange } from './facebook-changes.ts'
import { readMessaging, readStandby } from './facebook-events.ts'
import { Gathering } from './gather.ts'
import { idOf, objectOf, objectsOf } from './read.ts'
import { digestOf, facebookHeader, facebookMac, holdsMac, sameDigest } from './sign.ts'
import type { ParseContext, Parsed, Verification, Webhook } from './webhook.ts'

/** Facebook pages. One app serves all of them at one address; each entry names its page. */
export function createFacebookWebhook(settings: FacebookSettings): Webhook {
  const ours = new Set(settings.accounts.map((account) => account.pageId))

  function verify(rawBody: Uint8Array, sent: string | null, addressedTo?: string): Verification {
    if (sent === null || (addressedTo !== undefined && !ours.has(addressedTo))) return { ok: false }
    const proven = settings.appSecrets.some((secret) => secret !== '' && holdsMac(sent, 'sha256=', facebookMac(rawBody, secret)))
    return proven ? { ok: true, accountId: null } : { ok: false }
  }

  /** Up to 1000 updates, of several pages, may come in one body. */
  function parse(payload: unknown, { receivedAt }: ParseContext): Parsed {
    const found = new Gathering()
    const body = objectOf(payload)
    const entries = body?.object === 'page' ? objectsOf(body.entry) : []
    if (entries.length === 0) found.ignore('unknown_shape')
    for (const entry of entries) {
      const pageId = idOf(entry.id)
      if (pageId === null) {
        found.ignore('unknown_shape')
        continue
      }
      const context = { pageId, appId: settings.appId, receivedAt }
      const [messaging, standby, changes] = [objectsOf(entry.messaging), objectsOf(entry.standby), objectsOf(entry.changes)]
      if (!ours.has(pageId)) found.ignore('another_account')
      else if (messaging.length + standby.length + changes.length === 0) found.ignore('unknown_shape')
      else {
        for (const item of messaging) readMessaging(found, item, context)
        for (const item of standby) readStandby(found, item, context)
        for (const change of changes) readChange(found, change, context)
      }
    }
    return found
  }

  function handshake(query: URLSearchParams): string | null {
    const sent = query.get('hub.verify_token') ?? ''
    const known = settings.verifyToken !== '' && sameDigest(digestOf(sent), digestOf(settings.verifyToken))
    return known && query.get('hub.mode') === 'subscribe' ? query.get('hub.challenge') : null
  }

  return { channel: 'facebook', bodyLimit: 1024 * 1024, proofHeader: facebookHeader, verify, parse, handshake }
}
