import type { Post } from '../campaign/campaign.ts'
import { writtenTime } from '../campaign/export.ts'
import { postSchema, wordOf } from '../campaign/written.ts'
import { postFrom, sentenceOf } from '../campaign/parse.ts'
import { channelOfMeans } from '../core/campaign.ts'
import { channelNames, type ChannelName } from '../core/contact.ts'
import type { Media } from '../core/message.ts'
import type { Path } from '../core/yaml.ts'
import { besideFields } from './campaign-form-words.ts'
import { codeOf, momentOf, typed, typedLines, typedList } from './campaign-keep.ts'
import type { Asked } from './guard.ts'
import { channelTitles } from './show.ts'

/** A post as the fields of a form, and back. Pure but for reading the form. */

export const linkRows = 3
export const buttonRows = 3
const rows = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

const plainFields = ['ma-bai', 'tieu-de', 'gio', 'dem', 'loi', 'tep', 'xa', 'vai-tro', 'tieng', 'tai-khoan', 'nhan-tu', 'nguoi', 'tra-tien', 'tinh'] as const
const postFieldNames: readonly string[] = [
  ...plainFields, ...rows(linkRows).flatMap((n) => [`lien-ket-ten-${n}`, `lien-ket-${n}`]), ...rows(buttonRows).flatMap((n) => [`nut-ten-${n}`, `nut-${n}`]),
  ...channelNames.flatMap((channel) => [`gui-${channel}`, `mau-${channel}`, `tieng-${channel}`, `o-${channel}`]),
]
export type PostValues = Readonly<Record<string, string>>

export const postValues = (asked: Asked): PostValues => Object.fromEntries(postFieldNames.map((name) => [name, typed(asked, name)]))

const ownLabels: Readonly<Record<string, string>> = {
  'ma-bai': 'Mã bài', 'tieu-de': 'Tiêu đề', gio: 'Gửi lúc (giờ Việt Nam)', dem: 'Nếu đến lượt vào giờ yên lặng', loi: 'Lời', tep: 'Ảnh hoặc tệp', xa: 'Xã, phường', 'vai-tro': 'Vai trò', tieng: 'Ngôn ngữ', 'tai-khoan': 'Chỉ các tài khoản',
  'nhan-tu': 'Có nhắn từ ngày', nguoi: 'Ai được nêu tên hoặc có ảnh', 'tra-tien': 'Gửi cả người đã quá 48 giờ (Zalo tính tiền)', tinh: 'Bài viết chỉ đến tỉnh có mã',
}
const numberedLabels: Readonly<Record<string, (n: string) => string>> = {
  'lien-ket-ten': (n) => `Liên kết ${n}: chữ hiện`, 'lien-ket': (n) => `Liên kết ${n}: địa chỉ https://`, 'nut-ten': (n) => `Nút ${n}: chữ hiện`, nut: (n) => `Nút ${n}: mở ra`,
}
const channelLabels: Readonly<Record<string, string>> = { mau: 'Mã mẫu đã duyệt', tieng: 'Ngôn ngữ của mẫu', o: 'Ô dữ liệu của mẫu' }

/** What a field is called; empty for what is no field of a post. */
export function postLabel(field: string): string {
  const [, group = '', last = ''] = /^(.*)-([^-]+)$/.exec(field) ?? []
  const channel = channelNames.find((name) => name === last)
  if (channel !== undefined) return group === 'gui' ? channelTitles[channel] : channelLabels[group] ?? ''
  return ownLabels[field] ?? numberedLabels[group]?.(last) ?? ''
}

/** As the form shows a post that is there. */
export function postValuesOf({ id, title, at, atNight, message, audience, means, people }: Post): PostValues {
  const values: Record<string, string> = {
    'ma-bai': id, 'tieu-de': title, gio: writtenTime(at).replace(' ', 'T'), dem: atNight, loi: message.text, tep: message.media === null ? '' : `${message.media.kind}:${message.media.asset}`,
    xa: audience.commune.join(', '), 'vai-tro': audience.role.join(', '), tieng: audience.language.join(', '), 'tai-khoan': audience.accounts.join(', '),
    'nhan-tu': audience.lastSeenSince ?? '', nguoi: people.map(({ name, consent }) => `${name} | ${consent}`).join('\n'),
    'tra-tien': means.some(({ paid }) => paid) ? 'co' : '', tinh: means.flatMap(({ cities }) => cities).join(', '),
  }
  message.links.forEach((link, index) => Object.assign(values, { [`lien-ket-ten-${index + 1}`]: link.title, [`lien-ket-${index + 1}`]: link.url }))
  message.buttons.forEach((button, index) => Object.assign(values, { [`nut-ten-${index + 1}`]: button.title, [`nut-${index + 1}`]: button.opens }))
  for (const { means: name, template } of means) {
    const channel = channelOfMeans(name)
    Object.assign(values, { [`gui-${channel}`]: wordOf(name) })
    if (template !== null) Object.assign(values, { [`mau-${channel}`]: template.id, [`tieng-${channel}`]: template.language ?? '', [`o-${channel}`]: Object.entries(template.data).map(([key, value]) => `${key}: ${value}`).join('\n') })
  }
  return values
}

/** Of what the form has no field for nothing may get lost: then only the file can be edited. */
export const fitsForm = ({ message: { links, buttons }, audience: { channels, tags } }: Post): boolean => links.length <= linkRows && buttons.length <= buttonRows && channels.length === 0 && tags.length === 0

/** The post, or what is wrong beside its field; what belongs to no field stands under an empty name. `taken`: codes of the campaign's other posts. */
export function postFromForm(asked: Asked, taken: ReadonlySet<string>): { post: Post } | { errors: Readonly<Record<string, string>> } {
  const value = (name: string): string => typed(asked, name)
  const at = momentOf(value('gio'))
  const checked = postSchema.safeParse(written(asked, at, taken))
  if (checked.success && at !== null) return { post: postFrom(checked.data) }
  const faults = checked.success ? [] : checked.error.issues.map(({ path, message }) => ({ path, ...sentenceOf(message) }))
  return { errors: { ...besideFields(faults, (path) => postFieldOf(path, postValues(asked))), ...(at === null && { gio: 'Chọn ngày và giờ gửi.' }) } }
}

/** As somebody would have written it into a file. */
function written(asked: Asked, at: number | null, taken: ReadonlySet<string>): unknown {
  const value = (name: string): string => typed(asked, name)
  const group = (given: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(given).filter(([, each]) => each !== '' && !(Array.isArray(each) && each.length === 0)))
  const [kind = '', asset = ''] = value('tep').split(':')
  const audience = group({ accounts: typedList(asked, 'tai-khoan'), commune: typedList(asked, 'xa'), role: typedList(asked, 'vai-tro'), language: typedList(asked, 'tieng'), last_seen_since: value('nhan-tu') })
  return group({
    id: value('ma-bai') || codeOf(value('tieu-de'), 32, taken), title: value('tieu-de'), time: at === null ? '2026-01-01 00:00' : writtenTime(at), at_night: value('dem') === 'skip' ? 'skip' : '',
    message: {
      text: value('loi'), ...(mediaKinds.includes(kind as Media['kind']) && { [kind]: asset }),
      ...group({ links: pairs(asked, linkRows, 'lien-ket-ten', 'lien-ket', 'title', 'url'), buttons: pairs(asked, buttonRows, 'nut-ten', 'nut', 'title', 'opens') }),
    },
    ...(Object.keys(audience).length > 0 && { audience }),
    means: Object.fromEntries(channelNames.flatMap((channel) => meansOf(asked, channel))),
    people: typedLines(asked, 'nguoi').map((line) => {
      const [name = '', ...consent] = line.split('|')
      return { name: name.trim(), consent: consent.join('|').trim() }
    }),
  })
}

const mediaKinds: readonly Media['kind'][] = ['image', 'audio', 'video', 'file']

function pairs(asked: Asked, count: number, first: string, second: string, left: string, right: string): Record<string, string>[] {
  return rows(count).map((n) => ({ [left]: typed(asked, `${first}-${n}`), [right]: typed(asked, `${second}-${n}`) })).filter((pair) => Object.values(pair).some((text) => text !== ''))
}

/** Nothing where the post does not go out on this channel. */
function meansOf(asked: Asked, channel: ChannelName): [ChannelName, unknown][] {
  const by = typed(asked, `gui-${channel}`)
  if (by === '') return []
  const isTemplate = by === 'template' || by === 'utility'
  const data = typedLines(asked, `o-${channel}`).map((line): [string, string] => [line.slice(0, Math.max(0, line.indexOf(':'))).trim(), line.slice(line.indexOf(':') + 1).trim()])
  return [[channel, {
    by, ...(isTemplate && { template: typed(asked, `mau-${channel}`), ...(typed(asked, `tieng-${channel}`) !== '' && { language: typed(asked, `tieng-${channel}`) }), ...(data.length > 0 && { data: Object.fromEntries(data) }) }),
    ...(by === 'broadcast' && typedList(asked, 'tinh').length > 0 && { cities: typedList(asked, 'tinh') }), ...(by === 'consultation' && typed(asked, 'tra-tien') === 'co' && { paid: 'true' }),
  }]]
}

/** The field that a finding about this place of a post belongs to; empty: none. */
export function postFieldOf(path: Path, values: PostValues): string {
  const [first, second, third, fourth] = path.map(String)
  if (first === 'message' && second === 'text') return 'loi'
  if (first === 'message' && (second === 'links' || second === 'buttons')) {
    const [name, text, target] = second === 'links' ? ['lien-ket', 'title', 'url'] : ['nut', 'title', 'opens']
    const filled = rows(linkRows).filter((n) => (values[`${name}-${n}`] ?? '') !== '' || (values[`${name}-ten-${n}`] ?? '') !== '')
    const row = filled[Number(third)] ?? 1
    return fourth === text && fourth !== target ? `${name}-ten-${row}` : `${name}-${row}`
  }
  if (first === 'message') return 'tep'
  if (first === 'audience') return ({ accounts: 'tai-khoan', commune: 'xa', role: 'vai-tro', language: 'tieng', last_seen_since: 'nhan-tu' } as Record<string, string>)[second ?? ''] ?? ''
  if (first === 'means') {
    const own: Readonly<Record<string, string>> = { template: `mau-${second}`, language: `tieng-${second}`, data: `o-${second}`, cities: 'tinh', paid: 'tra-tien' }
    return second === undefined ? 'gui-zalo' : own[third ?? ''] ?? `gui-${second}`
  }
  return ({ id: 'ma-bai', title: 'tieu-de', time: 'gio', people: 'nguoi' } as Record<string, string>)[first ?? ''] ?? ''
}
