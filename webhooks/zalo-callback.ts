import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { acceptConsent, storedVerifier, type ConsentPorts } from '../src/channels/zalo-consent.ts'
import type { Log } from '../src/core/ports.ts'
import type { Clock } from '../src/core/time.ts'

/** The path to save as "Official Account Callback Url" in Zalo's console, below `PUBLIC_URL`. */
export const callbackPath = '/zalo/callback'
/** The register entry in which `zalo connect` leaves the `state` it gave out. One consent at a time; used once. */
export const consentState = 'zalo:consent_state'

/** Where Zalo sends the administrator back to, with a code that becomes the token pair. */
export function zaloCallbackRoutes(ports: ConsentPorts & { now: Clock; log: Log }): Hono {
  const { entries, now, log } = ports
  const app = new Hono()
  app.get(callbackPath, async (c) => {
    const { code, oa_id: oaId, state } = c.req.query()
    if (code === undefined || oaId === undefined || state === undefined) return c.text('Zalo không gửi mã cấp quyền. Chạy lại lệnh zalo connect.', 400)
    const expected = await entries.readEntry(consentState)
    if (expected === null || !same(expected.value, state)) return c.text('Liên kết cấp quyền này đã dùng hoặc không phải của máy chủ này. Chạy lại lệnh zalo connect.', 403)
    if (!(await entries.writeEntry(consentState, null, expected.version))) return c.text('Liên kết này đang được dùng.', 409)
    const result = await acceptConsent(ports, { code, oaId, verifier: await storedVerifier(entries) }, now())
    log.info({ oa: oaId, result: result.kind, ...(result.kind === 'failed' && { code: result.code, name: result.name }) }, 'zalo consent')
    if (result.kind === 'connected') return c.text('Đã kết nối Official Account. Có thể đóng trang này.')
    if (result.kind === 'unknown_oa') return c.text('Official Account này chưa có trong thiết lập (ZALO_OA_ID).', 400)
    return c.text(`Zalo từ chối (mã ${result.code}${result.name === null ? '' : `: ${result.name}`}). Chạy lại lệnh zalo connect.`, 400)
  })
  return app
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
