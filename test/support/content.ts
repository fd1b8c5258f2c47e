import type { Answer, Answerer } from '../../src/answer/answerer.ts'
import type { Article } from '../../src/answer/article.ts'
import type { Content } from '../../src/content.ts'
import { replyUses, type Replies } from '../../src/core/replies.ts'
import { parseFlows } from '../../src/flow/parse.ts'

/** Content small enough to see through: every canned sentence is its key in «», so that tests do not hang on wording. */

const texts: Partial<Record<keyof Replies, string>> = {
  more_title: 'Xem thêm', first_page_title: 'Về đầu', steps_title: 'Các bước', not_helpful_title: 'Chưa đúng ý', human_title: 'Gặp cán bộ',
  menu_title: 'Menu chính', choices_line: 'Gõ {{choices}}', nothing_more: '«nothing_more» {{title}}', also_asked: '«also_asked» {{title}}', helpful_title: 'Có ích', share_title: 'Gửi người nhà', secret_warning: '«secret_warning» {{kept}}', clarify_none_title: 'Không phải', erase_yes_title: 'Xóa', erase_no_title: 'Giữ lại',
  remember_yes_title: 'Đồng ý', remember_no_title: 'Không', image_strange_title: 'Tin lạ', image_error_title: 'Màn hình lỗi', image_papers_title: 'Giấy tờ',
  pass_to_staff_title: 'Chuyển cán bộ xem', source_line: 'Nguồn: {{source}}, {{reviewed}}', late: '«late» {{time}}', remember_ask: '«remember_ask» {{value}}',
  data_shown: '«data_shown»\n{{summary}}', handover_closed: '«handover_closed» {{opens}}', handover_open: '«handover_open» {{province.hotline}}',
  handover_again: '«handover_again» {{since}}', expired_article: '«expired_article» {{title}} {{url}}',
  withdrawn_article: '«withdrawn_article» {{title}} {{day}} {{url}}', withdrawn_replaced: '«withdrawn_replaced» {{title}} {{day}} {{instead}}',
}
export const replies = Object.fromEntries(Object.keys(replyUses).map((key) => [key, texts[key as keyof Replies] ?? `«${key}»`])) as Replies

export const sampleFlows: Record<string, string> = {
  'flows/main.yaml': `
id: main
title: Menu chính
start: menu
steps:
  menu:
    ask: Bà con cần giúp việc gì?
    choices:
      - { title: Dịch vụ công, goto: dich-vu-cong }
      - { title: Quên mật khẩu, article: dvc-forgot-password, match: [mất mật khẩu] }
      - { title: Gặp cán bộ, handover: true }
    otherwise: answer
`,
  'flows/dich-vu-cong.yaml': `
id: dich-vu-cong
title: Dịch vụ công trực tuyến
triggers: [dịch vụ công, nộp hồ sơ]
start: menu
steps:
  menu:
    ask: Dịch vụ công, bà con chọn một việc
    choices:
      - { title: Nộp hồ sơ trên mạng, goto: submit }
      - { title: Tên của tôi, goto: name }
    otherwise: answer
  submit:
    ask: Nộp ở đâu?
    choices:
      - { title: Ở nhà, article: dvc-forgot-password }
      - { title: Ở xã, goto: menu }
  name:
    ask: Bà con tên gì?
    otherwise: { goto: hello, save: name }
  hello:
    ask: Chào {{saved.name}}.
    choices:
      - { title: Xã Mẫu, remember: commune, goto: menu }
      - { title: Xong, goto: menu }
`,
}

export function sampleArticle(id: string, change: Partial<Article> = {}): Article {
  return {
    id, title: `Mục ${id}`, questions: [`Hỏi ${id}`], reviewed: '2026-11-21', reviewBy: '2027-02-19', owner: 'Phòng Chuyển đổi số',
    sources: [{ title: 'Nghị định 69', number: '69/2024/NĐ-CP', date: '2024-06-25', url: null }],
    actions: [{ title: 'Mở Cổng', url: 'https://dichvucong.gov.vn' }], related: [],
    short: `Trả lời ngắn ${id}.`, details: `1. Bước một ${id}.\n2. Bước hai.`, loudspeaker: '', audio: [], assets: [], withdrawn: null, file: `content/articles/${id}.md`, ...change,
  }
}

const sampleCommands = [
  { command: 'gapcanbo', description: 'Gặp cán bộ', opens: 'command:human' },
  { command: 'xoadulieu', description: 'Xóa dữ liệu', opens: 'command:erase' },
  { command: 'dichvucong', description: 'Dịch vụ công', opens: 'flow:dich-vu-cong' },
  { command: 'quetma', description: 'Quét mã', opens: 'article:pay-qr-how' },
  { command: 'cong', description: 'Mở Cổng', opens: 'https://dichvucong.gov.vn' },
]

const nothing: Answer = { status: 'no_source_found', article: null, candidates: [], reply: null }

/** `answers`: question → what the Answerer finds; everything else is `no_source_found`. */
export function sampleContent(given: { flows?: Record<string, string>; articles?: Article[]; answers?: Record<string, Partial<Answer>>; answerer?: Answerer; change?: Partial<Content> } = {}): Content {
  const { flows, problems } = parseFlows(Object.entries(given.flows ?? sampleFlows).map(([file, text]) => ({ file, text: text.trimStart() })))
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const articles = given.articles ?? [sampleArticle('dvc-forgot-password', { related: ['pay-qr-how'] }), sampleArticle('pay-qr-how'), sampleArticle('old-one', { reviewBy: '2026-01-01' })]
  return {
    flows,
    articles: new Map(articles.map((article) => [article.id, article])),
    withdrawn: new Map(),
    officialSites: ['dichvucong.gov.vn'],
    contacts: null,
    lent: [],
    assets: new Map(),
    calendars: new Map(),
    groups: {},
    replies,
    savedReplies: [{ id: 'dang-xem', title: 'Đã nhận, đang xem', text: 'Cán bộ đã nhận và đang xem.' }],
    entry: { greeting: '«greeting» {{province.name}} {{privacy_url}}', persistentMenu: [], iceBreakers: [], commands: sampleCommands, refs: { poster: 'article:pay-qr-how' } },
    province: {
      values: { name: 'TỈNH MẪU', hotline: '1022' },
      hours: { weekly: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: 450, to: 690 }, { from: 810, to: 1020 }]])), holidays: [] },
    },
    answerer: given.answerer ?? { answer: (question) => ({ ...nothing, ...given.answers?.[question] }) },
    privacy: '# Thông báo',
    version: 'v1',
    ...given.change,
  }
}
