import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { ConfigError } from '../src/config.ts'

/**
 * Zalo accepts a webhook or callback address only on a domain that shows this code: in the head of its home page, or in
 * a file at its root or beside the address. Either is enough. https://developers.zalo.me/docs/official-account
 */

/** For the head of the home page; empty without a code. */
export function zaloDomainTag(verifyCode: string | null) {
  if (verifyCode === null) return raw('')
  return html`<meta name="zalo-platform-site-verification" property="zalo-platform-site-verification" content="${verifyCode}">`
}

/** The file `zalo_verifier<code>.html`, at each place where Zalo may look for it. Nothing without a code. */
export function zaloDomainRoutes(verifyCode: string | null): Hono {
  const app = new Hono()
  if (verifyCode === null) return app
  if (!/^[\w-]+$/.test(verifyCode)) {
    throw new ConfigError('ZALO_VERIFY_CODE: chỉ điền phần mã giữa "zalo_verifier" và ".html" (chữ, số, dấu - và _).')
  }
  const page = html`<!doctype html><html lang="vi"><head><meta charset="utf-8">${zaloDomainTag(verifyCode)}<title>Xác thực tên miền</title></head><body>Tên miền này thuộc một ứng dụng Zalo đã đăng ký.</body></html>`
  for (const folder of ['', '/webhooks', '/webhooks/zalo']) {
    app.get(`${folder}/zalo_verifier${verifyCode}.html`, (c) => c.html(page))
  }
  return app
}
