import { groupOf, type Article } from '../answer/article.ts'
import type { Content } from '../content.ts'
import { refName } from '../content/refs.ts'
import type { TurnStatus } from '../core/turn-status.ts'
import { shorten } from '../core/text.ts'
import { eachDay, showDay } from '../core/time.ts'
import { mainFlow } from '../flow/flow.ts'
import type { Handover } from '../store/ports.ts'
import { nothing, ranked, regrouped, type Figures, type Tally } from '../campaign/asked.ts'
import type { Span } from '../campaign/report.ts'
import { waitingOf } from '../campaign/waiting.ts'
import { accountTitle, span as tellSpan } from './show.ts'

/** The same numbers for the page and for its downloads. Pure. */

export const tableNames = ['ngay', 'chu-de', 'muc', 'ket-qua', 'tai-khoan', 'ma', 'kich-ban', 'co-ich', 'cho-can-bo'] as const
export type TableName = (typeof tableNames)[number]

export interface FigureTable {
  name: TableName
  title: string
  /** What is counted, in a sentence. */
  caption: string
  columns: string[]
  /** The first cell names the row. */
  rows: (string | number)[][]
  /** Drawn as bars: which column; null: none. */
  bars: number | null
}

export interface Seen {
  span: Span
  figures: Figures
  handovers: readonly Handover[]
  /** Null while the content is being read: ids then stand for titles. */
  content: Content | null
}

const tallyTitles = ['Lượt nhắn', 'Lượt hỏi', 'Trả lời được', 'Chưa có mục', 'Chuyển cán bộ', 'Có ích', 'Chưa đúng ý']
const tallyCells = ({ turns, asked, answered, unanswered, handovers, helpful, notHelpful }: Tally): number[] => [turns, asked, answered, unanswered, handovers, helpful, notHelpful]

export const tablesOf = (seen: Seen): FigureTable[] => [byDay(seen), byTopic(seen), byArticle(seen), byStatus(seen), byAccount(seen), byEntry(seen), byStep(seen), byVerdict(seen), byWaiting(seen)]

function byDay({ span, figures }: Seen): FigureTable {
  const rows = eachDay(span.from, span.to).map((day) => [showDay(day), ...tallyCells(figures.byDay.get(day) ?? nothing)])
  return { name: 'ngay', title: 'Theo ngày', caption: 'Từng ngày của kỳ.', columns: ['Ngày', ...tallyTitles], rows, bars: null }
}

function byTopic({ figures, content }: Seen): FigureTable {
  const topics = regrouped(figures.byArticle, (id) => topicOf(content, id))
  return {
    name: 'chu-de', title: 'Theo chủ đề', caption: 'Chủ đề là nhóm của mục đã trả lời.', columns: ['Chủ đề', 'Lượt trả lời', 'Có ích', 'Chưa đúng ý'],
    rows: ranked(topics, 'answered').map(([topic, { answered, helpful, notHelpful }]) => [topic, answered, helpful, notHelpful]), bars: 1,
  }
}

function byArticle({ figures, content }: Seen): FigureTable {
  return {
    name: 'muc', title: 'Mục được hỏi nhiều', caption: 'Mọi mục đã trả lời, nhiều lượt trước.', columns: ['Mục', 'Chủ đề', 'Lượt trả lời', 'Có ích', 'Chưa đúng ý'],
    rows: ranked(figures.byArticle, 'answered').map(([id, { answered, helpful, notHelpful }]) => [articleTitle(content, id), topicOf(content, id), answered, helpful, notHelpful]), bars: 2,
  }
}

/** What became of a turn, in words; a status that has none stands as it is. */
const statusNames: Readonly<Record<TurnStatus, string>> = {
  answered: 'trả lời bằng một mục', clarify: 'hỏi lại cho rõ', no_source_found: 'chưa có mục trả lời', emergency: 'việc khẩn cấp', small_talk: 'chào hỏi', expired_article: 'mục đang được rà soát lại',
  blocked_question: 'ngoài phạm vi', flow: 'đi trong kịch bản', menu: 'xem menu', command: 'lệnh (dừng, dữ liệu của tôi…)', steps: 'xem các bước', attachment: 'gửi ảnh, tệp, vị trí', handover: 'xin gặp cán bộ', taken_back: 'thôi không gặp cán bộ nữa',
  feedback: 'bấm có ích / chưa đúng ý', paused: 'đang trao đổi với cán bộ', flood: 'nhắn dồn dập', stale: 'đến quá muộn', share: 'gửi cho người nhà', erased: 'xóa dữ liệu', noted: 'ghi nhận',
  unfollow: 'bỏ theo dõi', silent: 'không cần trả lời', staff_message: 'cán bộ nhắn trong ứng dụng', staff_reply: 'cán bộ trả lời ở đây', thread_control: 'giao, nhận cuộc trò chuyện', reminder: 'nhắc đang chờ cán bộ',
  not_grounded: 'chưa có mục trả lời (máy soạn không dựa được vào sổ tay)', model_unavailable: 'chưa có mục trả lời (máy soạn không dùng được)', overtaken: 'cán bộ đã nhắn trước', secret: 'che mật khẩu, mã, số căn cước', too_long: 'tin quá dài',
}
const statusName = (status: string): string => (Object.hasOwn(statusNames, status) ? statusNames[status as TurnStatus] : status)

function byStatus({ figures }: Seen): FigureTable {
  const rows = [...figures.byStatus].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([status, count]) => [statusName(status), count])
  return { name: 'ket-qua', title: 'Theo kết quả', caption: 'Mỗi lượt nhắn kết thúc theo một cách.', columns: ['Kết quả', 'Lượt'], rows, bars: 1 }
}

function byAccount({ figures }: Seen): FigureTable {
  const rows = ranked(figures.byAccount).map(([account, tally]) => [accountTitle(account), ...tallyCells(tally)])
  return { name: 'tai-khoan', title: 'Theo tài khoản', caption: 'Từng tài khoản kênh.', columns: ['Tài khoản', ...tallyTitles], rows, bars: 1 }
}

function byEntry({ figures }: Seen): FigureTable {
  const rows = ranked(figures.byEntry).map(([entry, { turns, asked, answered, helpful, notHelpful }]) => [refName(entry), turns, asked, answered, helpful, notHelpful])
  return {
    name: 'ma', title: 'Theo mã QR và đường dẫn', caption: 'Lượt nhắn của những người vào bằng mã đó lần gần nhất. “Mã khác” là mọi mã không dẫn đến đâu.', columns: ['Mã', 'Lượt nhắn', 'Lượt hỏi', 'Trả lời được', 'Có ích', 'Chưa đúng ý'], rows, bars: 1,
  }
}

/** A step is called by the beginning of what it says, and by its name in the file. */
const longestStep = 60

/** The steps of each flow in the order they are written; how many of those who came to the first came to each. */
function byStep({ figures, content }: Seen): FigureTable {
  const flows = Map.groupBy([...figures.steps], ([key]) => key.slice(0, key.indexOf('/')))
  const entered = [...flows].map(([flow, steps]) => ({ flow, steps: new Map(steps.map(([key, count]) => [key.slice(flow.length + 1), count])) })).filter(({ flow }) => flow !== mainFlow)
    .map(({ flow, steps }) => ({ flow, steps, first: steps.get(content?.flows.get(flow)?.start ?? '') ?? Math.max(...steps.values()) })).sort((a, b) => b.first - a.first)
  const rows = entered.flatMap(({ flow, steps, first }) => {
    const said = content?.flows.get(flow)?.steps ?? {}
    const written = Object.keys(said)
    const nameOf = (step: string): string => (Object.hasOwn(said, step) ? `${shorten(said[step]!.ask.split('\n')[0]!, longestStep)} (${step})` : step)
    const ordered = [...written.filter((step) => steps.has(step)), ...[...steps.keys()].filter((step) => !written.includes(step)).sort()]
    const title = content?.flows.get(flow)?.title ?? flow
    const share = (count: number): string => (first === 0 ? '–' : percent(count, first))
    const ends: [string, number][] = [['(được trả lời bằng một mục)', figures.flowAnswers.get(flow) ?? 0], ['(xin gặp cán bộ)', figures.flowHandovers.get(flow) ?? 0]]
    return [...ordered.map((step): [string, number] => [nameOf(step), steps.get(step)!]), ...ends.filter(([, count]) => count > 0)].map(([step, count]) => [title, step, count, share(count)])
  })
  return {
    name: 'kich-ban', title: 'Kịch bản: đi đến đâu', caption: 'Số lượt đến từng bước, so với bước đầu của kịch bản. Bước hụt nhiều là bước nên viết lại cho dễ hơn.', columns: ['Kịch bản', 'Bước', 'Lượt đến', 'So với bước đầu'], rows, bars: 2,
  }
}

function byVerdict({ figures, content }: Seen): FigureTable {
  const rows = ranked(figures.byArticle, 'notHelpful').filter(([, { helpful, notHelpful }]) => helpful + notHelpful > 0)
    .map(([id, { helpful, notHelpful }]) => [articleTitle(content, id), helpful, notHelpful, percent(helpful, helpful + notHelpful)])
  return { name: 'co-ich', title: 'Có ích, chưa đúng ý', caption: 'Mục có người bấm đánh giá, mục bị “chưa đúng ý” nhiều đứng trước.', columns: ['Mục', 'Có ích', 'Chưa đúng ý', 'Có ích trong số đánh giá'], rows, bars: 2 }
}

function byWaiting({ handovers }: Seen): FigureTable {
  const { asked, answered, open, closedUnanswered, median, ninth, within } = waitingOf(handovers)
  const rows: (string | number)[][] = [
    ['Lượt xin gặp hoặc được chuyển cán bộ', asked], ['Đã có cán bộ trả lời', answered], ...within.map(({ title, count }) => [`– ${title}`, count]),
    ['Đang chờ, chưa ai trả lời', open], ['Đã đóng, không ghi nhận lời đáp', closedUnanswered],
    ['Một nửa được trả lời trong', median === null ? '–' : tellSpan(median)], ['Chín phần mười được trả lời trong', ninth === null ? '–' : tellSpan(ninth)],
  ]
  return { name: 'cho-can-bo', title: 'Thời gian chờ cán bộ', caption: 'Từ lúc người dân cần gặp đến lời đầu tiên của cán bộ; tính theo ngày xin gặp.', columns: ['Chỉ số', 'Lượt'], rows, bars: null }
}

const articleTitle = (content: Content | null, id: string): string => articleOf(content, id)?.title ?? id

function topicOf(content: Content | null, id: string): string {
  const article = articleOf(content, id)
  if (content === null || article === undefined) return 'Mục đã bỏ'
  const group = groupOf(article)
  return Object.hasOwn(content.groups, group) ? content.groups[group]! : group === '' ? 'Khác' : group
}

const articleOf = (content: Content | null, id: string): Article | undefined => content?.articles.get(id) ?? content?.withdrawn.get(id)

export const percent = (part: number, whole: number): string => `${Math.round((part / whole) * 100)}%`
