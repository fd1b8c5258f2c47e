import { html } from 'hono/html'
import { describeKept } from '../conversation/kept-data.ts'
import { clean } from '../core/text.ts'
import { vietnamDay, vietnamMoment, type Clock } from '../core/time.ts'
import type { ContactExport } from '../store/ports.ts'
import { notice, type Html } from './components.ts'
import { doneNotice, type DoneSentences } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { mayUse } from './paths.ts'
import { isContactKey, requestKinds, requestWays, type DataRequest, type PersonalData, type RequestKind, type RequestWay } from './personal-data.ts'
import { requestPath, requestsPath } from './paths.ts'
import { erasePage, requestPage, requestsPage, type TypedRequest } from './personal-data-pages.ts'
import { moment, shortKey, visible } from './show.ts'
import { talkOf } from './talk.ts'

const longest = 300

const doneSentences: DoneSentences = { ghi: 'Đã ghi vào sổ.', ma: 'Đã ghi mã người nhắn.', xong: 'Đã ghi là đã xong.', xoa: 'Đã xóa dữ liệu của người này.' }

/** `Yêu cầu về dữ liệu cá nhân`: note, hand out, erase in two steps, close. */
export function personalDataRoutes(guard: Guard, data: PersonalData, now: Clock): void {
  const section = requestsPath
  const empty = (key: string): TypedRequest => ({ kind: 'access', way: 'chat', day: vietnamDay(now()), key, note: '', errors: {} })

  guard.on('GET /du-lieu', (asked) => showList(asked, empty((asked.c.req.query('ma-nguoi') ?? '').slice(0, 22)), doneNotice(asked, doneSentences)))

  guard.on('POST /du-lieu', async (asked) => {
    const typed: TypedRequest = { kind: asked.field('loai'), way: asked.field('cach'), day: asked.field('ngay'), key: said(asked, 'ma-nguoi'), note: said(asked, 'ghi-chu'), errors: {} }
    const [kind, way, receivedAt] = [requestKinds.find((one) => one === typed.kind), requestWays.find((one) => one === typed.way), dayAt(typed.day)]
    const errors = {
      ...(kind === undefined ? { loai: 'Chọn một loại.' } : {}),
      ...(receivedAt === null || receivedAt > now() ? { ngay: 'Ghi ngày đã nhận, không muộn hơn hôm nay.' } : {}),
      ...(typed.key !== '' && !isContactKey(typed.key) ? { 'ma-nguoi': 'Mã gồm 22 ký tự, chép đủ từ trang “Chờ cán bộ”.' } : {}),
      ...(typed.note.length > longest ? { 'ghi-chu': `Dài quá ${longest} ký tự.` } : {}),
    }
    if (kind === undefined || way === undefined || receivedAt === null || Object.keys(errors).length > 0) return showList(asked, { ...typed, errors }, '', 422)
    const id = await data.note(asked.viewer.account, { kind: kind satisfies RequestKind, way: way satisfies RequestWay, receivedAt, contactKey: typed.key === '' ? null : typed.key, note: typed.note })
    return asked.c.redirect(`${requestPath(id)}?da=ghi`, 303)
  })

  guard.on('GET /du-lieu/:id', async (asked) => {
    const request = await requestOf(asked)
    return request === null ? nothing(asked) : showRequest(asked, request, doneNotice(asked, doneSentences), {})
  })

  guard.on('POST /du-lieu/:id/xong', async (asked) => {
    const request = await requestOf(asked)
    if (request === null) return nothing(asked)
    if (asked.field('viec') === 'ma') {
      const key = said(asked, 'ma-nguoi')
      if (!isContactKey(key)) return showRequest(asked, request, '', { 'ma-nguoi': 'Mã gồm 22 ký tự, chép đủ từ trang “Chờ cán bộ”.' }, 422)
      await data.nameContact(request.id, key)
      return asked.c.redirect(`${requestPath(request.id)}?da=ma`, 303)
    }
    const outcome = said(asked, 'ket-qua')
    if (outcome === '' || outcome.length > longest) return showRequest(asked, request, '', { xong: outcome === '' ? 'Chưa ghi đã trả lời thế nào.' : `Dài quá ${longest} ký tự.` }, 422)
    await data.close(asked.viewer.account, request.id, outcome)
    return asked.c.redirect(`${requestPath(request.id)}?da=xong`, 303)
  })

  guard.on('POST /du-lieu/:id/tai-ve', async (asked) => {
    const request = await requestOf(asked)
    if (request === null) return nothing(asked)
    const why = said(asked, 'ly-do')
    if (why === '' || why.length > longest) return showRequest(asked, request, '', { tai: why === '' ? 'Chưa ghi vì sao tải.' : `Dài quá ${longest} ký tự.` }, 422)
    const kept = await data.export(asked.viewer.account, request.id, why)
    if (kept === null) return showRequest(asked, request, notice('Hệ thống không giữ gì về người này.', 'warn', true), {}, 422)
    const [ending, type, text] = asked.field('viec') === 'json' ? ['json', 'application/json', JSON.stringify(kept, null, 2)] : ['txt', 'text/plain', readable(kept)]
    return asked.c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'content-disposition': `attachment; filename="du-lieu-${request.shortKey.replace(/\W/g, '')}.${ending}"` })
  })

  guard.on('GET /du-lieu/:id/xoa', (asked) => showErase(asked, {}, '', 200))

  guard.on('POST /du-lieu/:id/xoa', async (asked) => {
    const request = await requestOf(asked)
    if (request?.contactKey == null) return nothing(asked)
    const why = said(asked, 'ly-do')
    const errors = {
      ...(asked.field('dung-nguoi') === 'co' ? {} : { 'dung-nguoi': 'Cần xác minh đúng người trước khi xóa.' }),
      ...(said(asked, 'go-lai') === shortKey(request.contactKey) ? {} : { 'go-lai': 'Chưa khớp với mã.' }),
      ...(why === '' || why.length > longest ? { 'ly-do': why === '' ? 'Chưa ghi vì sao xóa.' : `Dài quá ${longest} ký tự.` } : {}),
    }
    if (Object.keys(errors).length > 0) return showErase(asked, errors, why, 422)
    await data.erase(asked.viewer.account, request.id, why)
    return asked.c.redirect(`${requestPath(request.id)}?da=xoa`, 303)
  })

  const requestOf = ({ c }: Asked): Promise<DataRequest | null> => data.find(c.req.param('id') ?? '')

  async function showList(asked: Asked, typed: TypedRequest, telling: Html | '', status: 200 | 422 = 200): Promise<Response> {
    return asked.show({ title: 'Yêu cầu về dữ liệu cá nhân', section, again: null }, requestsPage({ seen: await data.list(), typed, told: telling, token: asked.viewer.token, now: now() }), status)
  }

  async function showRequest(asked: Asked, request: DataRequest, telling: Html | '', errors: Record<string, string>, status: 200 | 422 = 200): Promise<Response> {
    const about = request.contactKey === null ? null : await data.keptAbout(request.contactKey)
    return asked.show({ title: 'Yêu cầu về dữ liệu cá nhân', section, again: null }, requestPage({
      request, about, errors, told: telling, token: asked.viewer.token, now: now(), mayErase: mayUse('POST /du-lieu/:id/xoa', asked.viewer.account.role),
    }), status)
  }

  async function showErase(asked: Asked, errors: Record<string, string>, why: string, status: 200 | 422): Promise<Response> {
    const request = await requestOf(asked)
    const about = request?.contactKey == null ? null : await data.keptAbout(request.contactKey)
    if (request?.contactKey == null || about === null) return nothing(asked)
    return asked.show({ title: 'Xác nhận xóa dữ liệu', section, again: null }, erasePage({ request: { ...request, contactKey: request.contactKey }, about, errors, why, token: asked.viewer.token }), status)
  }
}

const said = ({ field }: Asked, name: string): string => clean(field(name)).trim()

/** The beginning of a day of the calendar; null for anything else. */
function dayAt(day: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? vietnamMoment(day) : Number.NaN
  return Number.isNaN(at) || vietnamDay(at) !== day ? null : at
}

/** Everything kept, as a person reads it: first in short, then what was said on both sides. */
function readable(kept: ContactExport): string {
  const speakers = { citizen: 'Bà con', assistant: 'Trợ lý', staff: 'Cán bộ', note: 'Ghi nhận' } as const
  const talk = talkOf(kept, kept.events.length + kept.deliveries.length).map(({ at, by, text }) => `${moment(at)} · ${speakers[by]}: ${text}`)
  const announced = kept.deliveries.filter(({ origin }) => origin === 'campaign').map(({ at, text }) => `${moment(at)} · ${text ?? '(đã xóa nội dung theo thời hạn lưu)'}`)
  const part = (title: string, lines: readonly string[], none: string): string[] => [title, '', ...(lines.length === 0 ? [none] : lines), '']
  return visible([
    ...part('DỮ LIỆU ĐANG GIỮ VỀ ANH/CHỊ', [describeKept(kept)], ''), ...part('CUỘC TRÒ CHUYỆN CÒN LƯU', talk, '(không còn lời nào)'), ...part('THÔNG BÁO ĐÃ GỬI', announced, '(không có)'),
  ].join('\n'))
}

const nothing = ({ show }: Asked): Promise<Response> =>
  show({ title: 'Không có yêu cầu này', section: requestsPath, again: null }, html`<h1>Không có yêu cầu này</h1><p>Yêu cầu không có trong sổ, hoặc dữ liệu của người này đã được xóa.</p><p><a href="${requestsPath}">← Tất cả yêu cầu</a></p>`, 404)
