import { expect, it } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import { zaloDomainRoutes, zaloDomainTag } from '../../webhooks/zalo-domain.ts'

const code = 'GTcnSB_B2MPytA1-gfzecS7_abawJaaCMDJas'

it.each(['', '/webhooks', '/webhooks/zalo'])('shows the code in the file under "%s/"', async (folder) => {
  const response = await zaloDomainRoutes(code).request(`${folder}/zalo_verifier${code}.html`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  expect(await response.text()).toContain(`<meta name="zalo-platform-site-verification" property="zalo-platform-site-verification" content="${code}">`)
})

it.each([code.slice(1), `${code}x`, ''])('knows no file for another code: "%s"', async (other) => {
  expect((await zaloDomainRoutes(code).request(`/zalo_verifier${other}.html`)).status).toBe(404)
})

it('shows nothing without a code', async () => {
  expect((await zaloDomainRoutes(null).request('/zalo_verifier.html')).status).toBe(404)
  expect(String(zaloDomainTag(null))).toBe('')
})

it.each(['', `zalo_verifier${code}.html`, '":x', '*'])('refuses at start what is no code: %j', (wrong) => {
  expect(() => zaloDomainRoutes(wrong)).toThrow(ConfigError)
})

it('the tag cannot be broken out of', () => {
  expect(String(zaloDomainTag('"><script>'))).not.toContain('<script>')
})
