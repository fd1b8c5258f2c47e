import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Asset } from '../../src/content.ts'
import { createAssetFiles } from '../../src/node/asset-files.ts'
import { contentWith, frame, siteOn, voice } from './support.ts'

/** A content folder on the disk, served as a citizen's browser and a platform ask for it. */
const folder = mkdtempSync(join(tmpdir(), 'camnang-assets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
mkdirSync(join(folder, 'content', 'assets'), { recursive: true })
const put = (name: string, text: string): void => writeFileSync(join(folder, 'content', 'assets', name), text)
put('khung.png', 'PNG')
put('mong.mp3', '0123456789')
put('ve.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
writeFileSync(join(folder, 'secret.png'), 'SECRET')
symlinkSync(join(folder, 'secret.png'), join(folder, 'content', 'assets', 'lien-ket.png'))

const drawing: Asset = { ...frame, id: 've', file: 've.svg', kind: 'poster', type: 'image/svg+xml', from: null, until: null }
const linked: Asset = { ...frame, id: 'lien-ket', file: 'lien-ket.png', from: null, until: null }
const missing: Asset = { ...drawing, id: 'thieu', file: 'thieu.svg' }
const content = contentWith([], { assets: new Map([frame, voice, drawing, linked, missing].map((asset) => [asset.id, asset])) })
const site = siteOn('2026-10-10', content, { assetFiles: createAssetFiles(join(folder, 'content')) })

describe('an asset', () => {
  it('comes whole, with its own type, never guessed, never run', async () => {
    const answer = await site.get('/tep/ve')
    expect(await answer.text()).toContain('<script>')
    expect(Object.fromEntries(['content-type', 'x-content-type-options', 'content-security-policy', 'cross-origin-resource-policy', 'cache-control', 'content-length'].map((name) => [name, answer.headers.get(name)]))).toEqual({
      'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=86400', 'content-length': '71',
    })
  })

  const ranges: [name: string, headers: Record<string, string>, status: number, body: string, range: string | null][] = [
    ['without a range, whole', {}, 200, '0123456789', null],
    ['from the start', { range: 'bytes=0-3' }, 206, '0123', 'bytes 0-3/10'],
    ['to the end', { range: 'bytes=7-' }, 206, '789', 'bytes 7-9/10'],
    ['the last bytes', { range: 'bytes=-2' }, 206, '89', 'bytes 8-9/10'],
    ['past the end', { range: 'bytes=10-' }, 416, '', 'bytes */10'],
    ['a range nobody understands, whole', { range: 'bytes=abc' }, 200, '0123456789', null],
    ['several ranges, whole', { range: 'bytes=0-1,3-4' }, 200, '0123456789', null],
    ['a range of what has changed since, whole', { range: 'bytes=0-3', 'if-range': '"old"' }, 200, '0123456789', null],
  ]
  for (const [name, headers, status, body, range] of ranges) {
    it(`in parts: ${name}`, async () => {
      const answer = await site.get('/tep/tieng-mong', headers)
      expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([status, body, range])
      expect([answer.headers.get('content-type'), answer.headers.get('accept-ranges')]).toEqual(['audio/mpeg', 'bytes'])
    })
  }

  it('is not sent again while it is the same, and is once it is written anew', async () => {
    const tag = (await site.get('/tep/tieng-mong')).headers.get('etag')!
    expect((await site.get('/tep/tieng-mong', { 'if-none-match': tag })).status).toBe(304)
    expect((await site.get('/tep/tieng-mong', { range: 'bytes=0-0', 'if-range': tag })).status).toBe(206)
    utimesSync(join(folder, 'content', 'assets', 'mong.mp3'), 1, 1)
    expect((await site.get('/tep/tieng-mong', { 'if-none-match': tag })).status).toBe(200)
  })

  it('is gone when its time is over, and says so', async () => {
    const files = createAssetFiles(join(folder, 'content'))
    expect((await site.get('/tep/khung')).status).toBe(200)
    for (const day of ['2026-09-30', '2026-11-01', '2027-10-10']) {
      const answer = await siteOn(day, content, { assetFiles: files }).get('/tep/khung')
      expect([answer.status, /Tệp “Khung ảnh” đã hết thời gian dùng/.test(await answer.text())]).toEqual([404, true])
    }
  })

  for (const path of ['/tep/lien-ket', '/tep/thieu', '/tep/khong-co', '/tep/khung.png', '/tep/..%2fsecret.png', '/tep/%2e%2e%2fsecret.png', '/tep/mong.mp3']) {
    it(`${path} gives no file`, async () => {
      const answer = await site.get(path)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toMatch(/SECRET|^PNG/)
    })
  }
})
