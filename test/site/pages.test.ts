import type { Article } from '../../src/answer/article.ts'
import QRCode from 'qrcode'
import { describe, expect, it, vi } from 'vitest'
import { contentWith, frame, hostile, origin, siteOn, voice } from './support.ts'
import { sampleArticle } from '../support/content.ts'

const today = '2026-11-21'
const content = contentWith([sampleArticle('a', { related: ['b', 'bo-roi'] }), sampleArticle('b')])
const meta = (html: string, name: string): string | undefined => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html)?.[1]

describe('an article’s page', () => {
  it('says the short answer first, then the steps, the source with number and date, the review', async () => {
    const html = (await siteOn(today, content).text('/muc/a')).split('<main')[1]!
    const order = ['Mục a</h1>', 'Trả lời ngắn a.', '<ol><li>Bước một a.', 'https://dichvucong.gov.vn', 'Nghị định 69, số 69/2024/NĐ-CP, ngày 25/06/2024', 'Rà soát ngày 21/11/2026, dùng đến hết ngày 19/02/2027']
    expect(order.map((text) => html.indexOf(text))).toEqual(order.map((text) => html.indexOf(text)).sort((x, y) => x - y))
    expect(order.filter((text) => !html.includes(text))).toEqual([])
  })

  it('previews well where its link is sent', async () => {
    const html = await siteOn(today, content).text('/muc/a')
    expect(['title', 'description', 'type', 'url', 'locale'].map((name) => meta(html, `og:${name}`))).toEqual(['Mục a', 'Trả lời ngắn a.', 'article', `${origin}/muc/a`, 'vi_VN'])
    expect(html).toContain(`<link rel="canonical" href="${origin}/muc/a">`)
  })

  it('previews with the picture of the province, as long as it is shown and every app takes it', async () => {
    const picture = { ...frame, id: 'anh-chia-se', from: null, until: '2026-12-31', alt: 'Nền xanh, chữ “Cẩm nang số”' }
    const html = async (asset: typeof picture, day = today) => siteOn(day, contentWith([sampleArticle('a')], { assets: new Map([[asset.id, asset]]) })).text('/muc/a')
    const shown = await html(picture)
    expect(['og:image', 'og:image:type', 'og:image:alt'].map((name) => meta(shown, name))).toEqual([`${origin}/tep/anh-chia-se`, 'image/png', 'Nền xanh, chữ “Cẩm nang số”'])
    for (const none of [await html(picture, '2027-01-01'), await html({ ...picture, type: 'image/svg+xml' }), await siteOn(today, content).text('/muc/a')]) expect(none).not.toContain('og:image')
  })

  it('has no button that calls a sample number', async () => {
    const withHotline = (hotline: string) => siteOn(today, contentWith([sampleArticle('a')], { province: { ...content.province, values: { ...content.province.values, hotline } } })).text('/muc/a')
    expect(await withHotline('1022 (SỐ MẪU)')).toContain('Gọi 1022 (SỐ MẪU)')
    expect(await withHotline('1022 (SỐ MẪU)')).not.toContain('tel:')
    expect(await withHotline('0259 3822 333')).toContain('href="tel:02593822333"')
  })

  it('draws its QR code once, however often it is asked for', async () => {
    const [before, draws] = [await siteOn(today, content).text('/muc/a'), vi.spyOn(QRCode, 'toString')]
    expect(await siteOn(today, content).text('/muc/a')).toBe(before)
    expect(draws).not.toHaveBeenCalled()
    draws.mockRestore()
  })

  it('carries a QR code of its own address, and the address in letters', async () => {
    const [a, b] = await Promise.all(['/muc/a', '/muc/b'].map(siteOn(today, content).text))
    const code = (html: string) => /<svg role="img" aria-label="[^"]+"[\s\S]*?<\/svg>/.exec(html)?.[0]
    expect(code(a!)).toBeDefined()
    expect(code(a!)).not.toBe(code(b!))
    expect(a).toContain('>camnang.tinhmau.example/<wbr>muc/<wbr>a<')
  })

  it('leads to the accounts that are set, to what province.yaml names before them, and to the telephone', async () => {
    const accounts = { zalo: '4300112233', facebook: '1029384756' }
    expect((await siteOn(today, content, { accounts }).text('/muc/a')).match(/href="(https:\/\/(?:zalo|m)\.me[^"]*|tel:[^"]*)"/g))
      .toEqual(['href="https://zalo.me/4300112233"', 'href="https://m.me/1029384756?ref=a"', 'href="tel:1022"'])
    const own = contentWith([sampleArticle('a')], { province: { ...content.province, values: { name: 'TỈNH MẪU', zalo_link: 'https://zalo.me/tinhmau', messenger_link: 'javascript:alert(1)' } } })
    expect((await siteOn(today, own, { accounts }).text('/muc/a')).match(/href="(https:\/\/(?:zalo|m)\.me[^"]*|tel:[^"]*)"/g))
      .toEqual(['href="https://zalo.me/tinhmau"', 'href="https://m.me/1029384756?ref=a"'])
    const none = contentWith([sampleArticle('a')], { province: { ...content.province, values: {} } })
    expect(await siteOn(today, none).text('/muc/a')).not.toContain('Cần hỏi thêm')
  })

  it('names related articles that are in use', async () => {
    const html = await siteOn(today, content).text('/muc/a')
    expect(html).toContain('href="/muc/b"')
    expect(html).not.toContain('href="/muc/bo-roi"')
  })

  it('stays where it is past its review date, says so, and gives the official page instead of the answer', async () => {
    const html = await siteOn('2027-02-20', content).text('/muc/a')
    expect(html).toContain('đang được rà soát lại')
    expect(html).toContain('href="https://dichvucong.gov.vn"')
    expect(html).not.toMatch(/Trả lời ngắn|Bước một/)
    expect(meta(html, 'robots')).toBe('noindex')
    expect(await siteOn('2027-02-19', content).text('/muc/a')).toContain('Trả lời ngắn a.')
  })

  const named = (url: string, change: Partial<Article> = {}) => sampleArticle('a', { actions: [], sources: [{ title: 'Nguồn', number: null, date: '2026', url }], ...change })

  it('gives a listed source where an expired article has no official page, and never a newspaper', async () => {
    const listed = await siteOn('2027-03-01', contentWith([named('https://thutuc.dichvucong.gov.vn/x')])).text('/muc/a')
    expect(listed).toContain('<a class="button main" href="https://thutuc.dichvucong.gov.vn/x">')
    expect(listed).toContain('xem ở trang chính thức')
    const newspaper = await siteOn('2027-03-01', contentWith([named('https://soha.vn/x')])).text('/muc/a')
    expect(newspaper).not.toMatch(/soha\.vn|trang chính thức/)
    expect(newspaper).toContain('hỏi cán bộ')
  })

  it('on safety says whom to call first, expired or withdrawn, and promises no page it does not have', async () => {
    const file = 'content/articles/an-toan/a.md'
    const expired = await siteOn('2027-03-01', contentWith([named('https://soha.vn/x', { file })])).text('/muc/a')
    const withdrawn = named('https://soha.vn/x', { file, withdrawn: { on: '2026-11-01', replacedBy: null } })
    const gone = await siteOn(today, contentWith([], { withdrawn: new Map([['a', withdrawn]]) })).text('/muc/a')
    for (const html of [expired, gone]) {
      expect(html).toContain('«expired_safety»')
      expect(html).not.toMatch(/soha\.vn|trang chính thức/)
    }
    expect(await siteOn('2027-03-01', contentWith([named('https://soha.vn/x')])).text('/muc/a')).not.toContain('«expired_safety»')
  })

  it('stays where it is when withdrawn, says since when, and leads to what replaced it', async () => {
    const site = siteOn(today, content)
    const replaced = await site.text('/muc/da-thay')
    expect(replaced).toContain('không còn dùng từ ngày 01/11/2026')
    expect(replaced).toContain('<a class="button main" href="/muc/a">Mục a</a>')
    const gone = await site.text('/muc/bo-roi')
    expect(gone).toContain('href="https://dichvucong.gov.vn"')
    expect(replaced + gone).not.toContain('Trả lời ngắn')
    expect(await site.text('/muc')).not.toMatch(/\/muc\/(bo-roi|da-thay)/)
  })

  it('shows pictures only while they are shown: last year’s frame disappears by itself', async () => {
    const withFrame = contentWith([sampleArticle('a', { assets: ['khung'] })])
    const seen = async (day: string) => (await siteOn(day, withFrame).text('/muc/a')).includes('/tep/khung')
    expect(await Promise.all(['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01'].map(seen))).toEqual([false, true, true, false])
    expect(await siteOn('2026-10-10', withFrame).text('/muc/a')).toContain('alt="Khung tròn"')
  })

  it('offers to listen, names who translated and who checked, and keeps the loudspeaker text apart', async () => {
    const heard = contentWith([sampleArticle('a', { loudspeaker: 'Kính thưa bà con.', audio: [{ language: 'tiếng Mông', asset: voice.id, translatedBy: 'Bà Giàng', checkedBy: 'Ông Lý' }] })])
    const html = await siteOn(today, heard).text('/muc/a')
    expect(html).toMatch(/Bằng tiếng Mông<audio controls preload="none" src="\/tep\/tieng-mong"[\s\S]*Người dịch: Bà Giàng\. Người kiểm tra: Ông Lý\./)
    expect(html).toMatch(/<details><summary>Bài đọc loa truyền thanh<\/summary><p>Kính thưa bà con\.<\/p><\/details>/)
    expect(meta(html, 'og:description')).not.toContain('Kính thưa')
  })

  it('takes nothing that was written for markup, and no address that could run', async () => {
    const evil = sampleArticle('a', {
      title: hostile, short: hostile, details: `1. ${hostile}`, owner: hostile, loudspeaker: hostile, assets: ['khung'],
      sources: [{ title: hostile, number: hostile, date: '2026-01-01', url: 'javascript:alert(3)' }],
      actions: [{ title: hostile, url: 'javascript:alert(4)' }, { title: 'x', url: 'https://a.example/"><script>' }],
      audio: [{ language: hostile, asset: voice.id, translatedBy: hostile, checkedBy: hostile }],
    })
    const values = { name: hostile, office: hostile, hotline: `1022 ${hostile}`, duty_hours: hostile }
    const site = contentWith([evil], { province: { ...content.province, values }, assets: new Map([[voice.id, voice], ['khung', { ...frame, title: hostile, alt: hostile, rights: hostile, until: null }]]), groups: { [hostile]: hostile, '': hostile } })
    for (const [day, path] of [[today, '/muc/a'], ['2027-03-01', '/muc/a'], [today, '/muc'], [today, '/muc/khong-co'], [today, `/muc/${encodeURIComponent(hostile)}`]] as const) {
      const html = await siteOn(day, site).text(path)
      expect(html).not.toMatch(/<script|<img src=x|href="(?!https:|tel:|data:,|#|\/)/)
      expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/)
    }
  })
})

describe('lesson cards', () => {
  const card = (id: string, change = {}) => sampleArticle(id, { file: `content/articles/to-vien/${id}.md`, details: 'Nói:\n“Chào bác.”\n\nChỉ:\n1. Mở máy.\n\nDặn:\n- Không giữ hộ mã.', ...change })
  const cards = contentWith([card('tv-02'), card('tv-01'), card('tv-03', { reviewBy: '2026-11-20' }), sampleArticle('a')])

  it('have three parts, to say, to show, to warn of, and a QR code of their own', async () => {
    const html = await siteOn(today, cards).text('/bai/tv-01')
    expect([...html.matchAll(/<section class="part"><h2>([^<]+)<\/h2><div>(.*?)<\/div>/g)].map(([, name, text]) => [name, text]))
      .toEqual([['Nói', '<p>“Chào bác.”</p>'], ['Chỉ', '<ol><li>Mở máy.</li></ol>'], ['Dặn', '<ul><li>Không giữ hộ mã.</li></ul>']])
    expect(meta(html, 'og:url')).toBe(`${origin}/bai/tv-01`)
    expect(html).toContain('<wbr>bai/<wbr>tv-01<')
  })

  it('come all on one page, in order, without those past their review', async () => {
    const html = await siteOn(today, cards).text('/bai')
    expect([...html.matchAll(/<article class="card">\s*<h1>([^<]+)</g)].map(([, title]) => title)).toEqual(['Mục tv-01', 'Mục tv-02'])
  })

  it('say that they are being reviewed when they are, and are articles too', async () => {
    expect(await siteOn(today, cards).text('/bai/tv-03')).toContain('đang được rà soát lại')
    expect(await siteOn(today, cards).text('/muc/tv-01')).toContain('Nguồn</h2>')
    expect(await siteOn(today, cards).text('/muc')).toContain('href="/bai"')
  })

  it.each(['/muc/', '/muc/a/', '/bai/', '/privacy/', '/muc/%E1%BB%8B/', '/muc/a%00/', '/bai/a%0D%0Ax-b:c/', '/muc/%2F%2Fxau.example/'])('%s leads to the page without the slash', async (path) => {
    const answer = await siteOn(today, content).get(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([301, path.slice(0, -1)])
  })

  it('are nothing but cards', async () => {
    expect((await siteOn(today, cards).get('/bai/a')).status).toBe(404)
    expect((await siteOn(today, content).get('/bai')).status).toBe(404)
  })
})

describe('every kind of page', () => {
  const all = contentWith([
    sampleArticle('a', { file: 'content/articles/to-vien/a.md', assets: ['khung'], loudspeaker: 'Một.\n\nHai.', related: ['b'], audio: [{ language: 'tiếng Mông', asset: voice.id, translatedBy: 'Bà Giàng', checkedBy: 'Ông Lý' }] }),
    sampleArticle('b', { details: '1. Một\n - hai\n\nBa\nbốn', reviewBy: '2026-10-09' }),
  ])
  const site = siteOn('2026-10-10', all, { accounts: { zalo: '1', facebook: '2' } })
  for (const path of ['/muc', '/muc/a', '/muc/b', '/muc/bo-roi', '/muc/da-thay', '/muc/x', '/bai', '/bai/a', '/tep/x', '/privacy']) {
    it(`${path} closes what it opens and uses no id twice`, async () => {
      const html = (await site.text(path)).replace(/<style>[\s\S]*?<\/style>/, '')
      const open: string[] = []
      for (const [, closing, name, end] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b(?:[^>"]|"[^"]*")*?(\/?)>/g)) {
        if (closing === '/') expect(open.pop()).toBe(name)
        else if (end !== '/' && !/^(meta|link|br|wbr|img)$/.test(name!)) open.push(name!)
      }
      expect(open).toEqual([])
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(ids).toEqual([...new Set(ids)])
      expect(html).toMatch(/<h1[ >]/)
      expect(html).not.toMatch(/undefined|null|\[object|NaN/)
    })
  }
})

describe('the other pages', () => {
  it('the index names every article in use by group, in the order of site.yaml', async () => {
    const files = contentWith([sampleArticle('z', { file: 'content/articles/an-toan/z.md' }), sampleArticle('a', { file: 'content/articles/la/a.md' }), sampleArticle('b', { file: 'content/articles/dich-vu-cong/b.md' }), sampleArticle('c')], { groups: { 'dich-vu-cong': 'Dịch vụ công', 'an-toan': 'An toàn' } })
    const html = await siteOn(today, files).text('/muc')
    expect([...html.matchAll(/<h2 id="([^"]+)">([^<]+)<|href="(\/muc\/\w)"/g)].map(([, , title, href]) => title ?? href))
      .toEqual(['Dịch vụ công', '/muc/b', 'An toàn', '/muc/z', 'Khác', '/muc/c', 'la', '/muc/a'])
  })

  it('says which articles are being reviewed', async () => expect(await siteOn('2027-03-01', content).text('/muc')).toContain('Mục a (đang rà soát)'))

  it('an unknown id gets what it may have meant, the groups and the index', async () => {
    const known = contentWith([sampleArticle('vneid-forgot-passcode', { title: 'Quên passcode VNeID' }), sampleArticle('b')])
    const answer = await siteOn(today, known).get('/muc/vneid-forgot-pascode')
    const html = await answer.text()
    expect(answer.status).toBe(404)
    expect(html).toContain('Không có trang này')
    expect(html.match(/href="\/muc\/[^"]*"/g)).toEqual(['href="/muc/vneid-forgot-passcode"'])
    expect(html).toContain('href="/muc#khac"')
  })

  it.each<[string, string[]]>([
    ['khong-co-trang-nay', []],
    ['lam-the-nao', []],
    ['vneid', ['vneid-forgot-passcode', 'vneid-change-phone']],
    ['doi-dien-thoai-vneid', ['vneid-change-phone']],
    ['vneid-thue-dat-ruong', []],
    ['x', []],
  ])('an unknown id suggests only what is like it: %s', async (asked, suggested) => {
    const known = contentWith([
      sampleArticle('vneid-forgot-passcode', { title: 'Quên passcode VNeID thì làm thế nào' }), sampleArticle('vneid-change-phone', { title: 'Đổi điện thoại dùng VNeID thì làm thế nào' }),
      ...['dvc-marriage', 'pay-qr', 'scam-otp', 'no-page'].map((id) => sampleArticle(id, { title: `Không có ${id} thì làm thế nào` })),
    ])
    const html = await siteOn(today, known).text(`/muc/${asked}`)
    expect([...html.matchAll(/href="\/muc\/([^"]+)"/g)].map(([, id]) => id)).toEqual(suggested)
  })

  it('before the words are read, the visitor is asked to come again', async () => {
    const answer = await siteOn(today, null).get('/muc/a')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
  })
})

describe('headers', () => {
  it('a page may load and run nothing but itself, and stay in no frame', async () => {
    for (const path of ['/muc', '/muc/a', '/muc/khong-co', '/privacy']) {
      const { headers } = await siteOn(today, content).get(path)
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('a page is kept for five minutes, and not sent again when it is the same', async () => {
    const site = siteOn(today, content)
    const first = await site.get('/muc/a')
    const tag = first.headers.get('etag')!
    expect(first.headers.get('cache-control')).toBe('public, max-age=300')
    expect((await site.get('/muc/a', { 'if-none-match': tag })).status).toBe(304)
    expect((await siteOn('2027-03-01', content).get('/muc/a', { 'if-none-match': tag })).status).toBe(200)
  })

  it('what is not there is not kept', async () => expect((await siteOn(today, content).get('/muc/khong-co')).headers.get('cache-control')).toBeNull())
})
