import { randomBytes } from 'node:crypto'
import { consentUrl, storedVerifier } from '../channels/zalo-consent.ts'
import { callbackPath, consentState } from '../../webhooks/zalo-callback.ts'
import { readSettings, readWords, UsageError, withStore, type Command } from './command.ts'

const usage = 'zalo connect'

/** `zalo connect`: the address an administrator of the OA opens; the running server takes the answer at its callback. */
export const zalo: Command = async (args, terminal) => {
  const { words: [what] } = readWords(args, { usage, least: 1 })
  if (what !== 'connect') throw new UsageError(`Cách dùng: ${usage}`)
  const config = readSettings(terminal)
  if (config.zalo === null || config.publicUrl === null) {
    terminal.error('Cần đặt PUBLIC_URL, ZALO_APP_ID, ZALO_APP_SECRET, ZALO_OA_ID và ZALO_OA_SECRET_KEY trước.')
    return 1
  }
  const { zalo: app, publicUrl } = config
  return withStore(config, async (store) => {
    const state = randomBytes(24).toString('base64url')
    const before = await store.readEntry(consentState)
    await store.writeEntry(consentState, state, before?.version ?? 0)
    const verifier = await storedVerifier(store)
    terminal.out('Quản trị viên của Official Account mở địa chỉ này, bấm đồng ý (máy chủ phải đang chạy):')
    terminal.out(consentUrl(app, { redirectUri: publicUrl + callbackPath, verifier, state }))
    return 0
  })
}
