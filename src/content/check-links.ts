import type { ArticleFile } from '../answer/parse-article.ts'
import type { Position, Problem } from '../core/problem.ts'
import type { EntryFile } from './entry.ts'
import { unhedged } from './hedges.ts'
import type { Known } from './known-contacts.ts'
import { isGovernment, isListed, isShortened, linksIn } from './links.ts'
import { pretendsToBe } from './look-alike.ts'
import { phoneNumbers } from './phone-numbers.ts'
import type { ProvinceFile } from './province.ts'
import type { ShownText } from './shown-text.ts'

/** Addresses and numbers in what citizens read. */
export function checkTexts(texts: readonly ShownText[], known: Known): Problem[] {
  return texts.flatMap(({ file, text, locate }) => [
    ...linksIn(text).flatMap((link) => linkProblems(link.raw, known, 'shown').map((fault) => ({ file, ...locate(link.raw), ...fault }))),
    ...unknownPhones(text, known).map(({ raw, ...fault }) => ({ file, ...locate(raw), ...fault })),
    ...unhedged(text, known).map((raw): Problem => ({
      file, ...locate(raw), severity: 'error', what: `"${raw}" được đánh dấu KIỂM trong contacts.yaml mà câu này nói như chắc chắn`, todo: 'thêm “theo thông tin hiện có” và “bà con kiểm tra lại” vào chính dòng ấy, hoặc kiểm số này rồi đổi thành CÒN',
    })),
  ])
}

/** Links on buttons and under sources. */
export function checkArticleLinks({ article, locate }: ArticleFile, known: Known): Problem[] {
  const at = (position: Position, url: string, use: LinkUse): Problem[] => linkProblems(url, known, use).map((fault) => ({ file: article.file, ...position, ...fault }))
  return [
    ...article.sources.flatMap(({ url }, index) => (url === null ? [] : at(locate(['sources', index, 'url']), url, 'source'))),
    ...article.actions.flatMap(({ url }, index) => at(locate(['actions', index, 'url']), url, 'button')),
    // A button is told with its title and nothing else.
    ...article.actions.flatMap(({ title, url }, index) => unhedged(`${title}: ${url}`, known).map((raw): Problem => ({
      file: article.file, ...locate(['actions', index, 'title']), severity: 'error', what: `nút dẫn tới "${raw}", trang được đánh dấu KIỂM trong contacts.yaml, mà tên nút nói như chắc chắn`, todo: 'thêm “(kiểm tra lại khi mở)” vào tên nút, hoặc kiểm trang này rồi đổi thành CÒN',
    }))),
  ]
}

/** What a province says of itself stands in many answers. Its pages need no list, but they have to be what they seem. */
export function checkProvinceLinks({ province: { values }, locate }: ProvinceFile, file: string, known: Known): Problem[] {
  const bare: Known = { ...known, own: [], sites: known.sites.filter((site) => !known.own.includes(site)) }
  return Object.entries(values).flatMap(([key, value]) => linksIn(value).flatMap(({ raw, host }) =>
    // Within a sentence an address may be bare; a value that is nothing else goes under buttons.
    linkProblems(value === raw ? raw : raw.replace(/^(?!https?:)/iu, 'https://'), { ...bare, press: [host] }, 'source').filter(({ severity }) => severity === 'error').map((fault): Problem => ({ file, ...locate(['values', key], raw), ...fault }))))
}

export function checkEntryLinks({ entry, file, locate }: EntryFile, known: Known): Problem[] {
  const lists = { persistent_menu: entry.persistentMenu, ice_breakers: entry.iceBreakers, commands: entry.commands }
  return Object.entries(lists).flatMap(([key, items]) => items.flatMap(({ opens }, index) =>
    opens.startsWith('https://') ? linkProblems(opens, known, 'button').map((fault) => ({ file, ...locate([key, index, 'opens']), ...fault })) : []))
}

type Fault = Pick<Problem, 'severity' | 'what' | 'todo' | 'cause'>
type LinkUse = 'shown' | 'button' | 'source'

/** What is wrong with one address. A source may also be a newspaper of the list, or any page of the state. */
export function linkProblems(url: string, known: Known, use: LinkUse): Fault[] {
  const [link] = linksIn(url)
  if (link !== undefined && known.own.includes(link.host)) return []
  if (link === undefined || (use !== 'shown' && link.secure !== true)) {
    return [{ severity: 'error', what: `đường dẫn "${url}" không phải https`, todo: 'dùng địa chỉ bắt đầu bằng https://, hoặc bỏ đi' }]
  }
  if (use !== 'shown' && !/^https:\/\/[^“”‘’"'<>]*$/iu.test(url)) {
    return [{ severity: 'error', what: `đường dẫn "${url}" có dấu nháy hoặc chữ thừa nên bấm không mở được`, todo: 'chỉ giữ địa chỉ, bắt đầu bằng https://; dấu nháy là dấu thẳng " chứ không phải “ ”' }]
  }
  if (isShortened(link.host)) {
    return [{ severity: 'error', what: `"${link.shown}" là đường dẫn rút gọn, không ai thấy nó dẫn tới đâu`, todo: 'ghi địa chỉ thật của trang, hoặc bỏ đi' }]
  }
  const pretended = isPress(link.host, use, known) ? null : pretendsToBe(link, known.sites)
  if (pretended !== null) {
    return [{ severity: 'error', what: `"${link.shown}" nhái tên miền ${pretended}`, todo: `sửa thành địa chỉ chính thức; đừng ghi địa chỉ giả dù để làm ví dụ, vì ứng dụng biến nó thành đường dẫn bấm được` }]
  }
  const insecure: Fault[] = link.secure === false ? [{ severity: 'error', what: `đường dẫn "${link.raw}" không phải https`, todo: 'dùng địa chỉ bắt đầu bằng https://, hoặc bỏ đi' }] : []
  const listed = isListed(link.host, known.sites) || isPress(link.host, use, known) || (use === 'source' && isGovernment(link.host))
  if (listed) return insecure
  if (/(?:^|\.)xn--/.test(link.host)) return [...insecure, { severity: 'error', what: `tên miền "${link.shown}" có chữ lạ (${link.host})`, todo: 'dùng địa chỉ chính thức viết bằng chữ không dấu' }]
  if (use === 'source' && known.advice) return insecure
  const list = use === 'source' ? 'press (hoặc sites) của contacts.yaml' : 'sites của contacts.yaml'
  return [...insecure, {
    severity: use === 'source' || known.advice ? 'warning' : 'error', cause: `site:${link.host}`,
    what: `trang ${link.shown} không có trong contacts.yaml`, todo: `mở trang xem có đúng không, rồi thêm vào ${list}, hoặc sửa đường dẫn`,
  }]
}

/** A newspaper may be called much as an office is: `baochinhphu.vn`. */
const isPress = (host: string, use: LinkUse, { press }: Known): boolean => use === 'source' && isListed(host, press)

function unknownPhones(text: string, { phones }: Known): (Fault & { raw: string })[] {
  const found = new Map(phoneNumbers(text).map(({ raw, digits }) => [digits, raw]))
  return [...found].filter(([digits]) => !phones.has(digits)).map(([digits, raw]) => ({
    raw, severity: 'error', cause: `phone:${digits}`, what: `số điện thoại ${raw} không có trong contacts.yaml`, todo: 'kiểm tra số, rồi thêm vào contacts.yaml hoặc sửa ở đây',
  }))
}
