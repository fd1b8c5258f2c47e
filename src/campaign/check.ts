import type { CampaignSettings } from '../config.ts'
import { channelOfMeans } from '../core/campaign.ts'
import type { Problem } from '../core/problem.ts'
import { DAY, showDay, vietnamDay, vietnamMoment } from '../core/time.ts'
import type { Path } from '../core/yaml.ts'
import { knownNames, placeholderProblems } from '../content/placeholders.ts'
import { overAllowance } from './allowance.ts'
import type { Post } from './campaign.ts'
import { campaignNames, filled, filledPost, type ComposeContext } from './compose.ts'
import { isQuiet } from './decide.ts'
import { checkLink, checkWords, type WordsGiven } from './check-words.ts'
import { cannotCarry, type MediaFile } from './means.ts'
import type { CampaignFile } from './parse.ts'
import type { PlatformRules } from './rules.ts'

/** What a campaign is looked at with. Accounts and contacts are the plan's business. */
export interface CheckContext {
  compose: ComposeContext
  rules: PlatformRules
  settings: Pick<CampaignSettings, 'quietHours'>
}

/** A thank-you comes after the days themselves. */
const longestAfter = 30 * DAY

/** What is wrong or doubtful in a campaign that can be read: errors keep it from being submitted. */
export function checkCampaign(read: CampaignFile, context: CheckContext): Problem[] {
  const { campaign, file, locate } = read
  const problem = (path: Path, severity: Problem['severity'], what: string, todo: string): Problem => ({ file, ...locate(path), severity, what, todo })
  const { from, to } = campaign.period
  const words: WordsGiven = { file, locate, contacts: context.compose.contacts }
  const calendarNames = knownNames(context.compose.province, [])
  const leftOver = (path: Path, text: string): Problem[] => (!campaign.sample && sampleMark.test(text) ? [problem(path, 'error', `còn ghi “${sampleMark.exec(text)![0]}”`, 'viết lại theo việc thật của tỉnh, rồi bỏ chữ đó')] : [])
  return [
    ...leftOver(['name'], campaign.name),
    ...checkWords([[['name'], campaign.name], ...(campaign.theme === null ? [] : [[['theme'], campaign.theme] as [Path, string]]), ...campaign.slogans.map((slogan, index): [Path, string] => [['slogans', index], slogan])], words),
    ...(campaign.calendar ?? []).flatMap((activity, index) => leftOver(['calendar', index, 'what'], activity.what)),
    ...campaign.posts.flatMap((post, index) => [...leftOver(['posts', index, 'title'], post.title), ...leftOver(['posts', index, 'message', 'text'], post.message.text)].map((one) => ({ ...one, what: `bài “${post.id}” ${one.what}` }))),
    ...(campaign.calendar ?? []).flatMap((activity, index) => (['what', 'where'] as const).flatMap((key) => placeholderProblems(file, locate, ['calendar', index, key], activity[key] ?? '', calendarNames))),
    ...campaign.keyDays.flatMap((day, index) => (day < from || day > to ? [problem(['key_days', index], 'warning', `ngày trọng điểm ${showDay(day)} nằm ngoài đợt (${showDay(from)} đến ${showDay(to)})`, 'sửa ngày, hoặc sửa period')] : [])),
    ...broadcastsOver(read, context).map((index) => problem(['posts', index, 'means', 'zalo'], 'error', 'vượt hạn mức gửi bài của Zalo trong ngày hoặc trong tháng', 'bỏ bớt bài, dời ngày, hoặc đổi cách gửi')),
    ...campaign.posts.flatMap((post, index) => checkPost(post, ['posts', index], read, context, problem)),
  ]
}

/** What samples say of themselves: whoever copies one rewrites it first. */
const sampleMark = /\((?:BÀI |LỊCH )?MẪU\)/

type Tell = (path: Path, severity: Problem['severity'], what: string, todo: string) => Problem

function checkPost(post: Post, here: Path, { campaign, file, locate }: CampaignFile, { compose, rules, settings }: CheckContext, problem: Tell): Problem[] {
  const known = knownNames(compose.province, [...campaignNames])
  const texts: [Path, string][] = [
    [[...here, 'title'], post.title],
    [[...here, 'message', 'text'], post.message.text],
    ...post.message.links.flatMap((link, index) => (['title', 'url'] as const).map((key): [Path, string] => [[...here, 'message', 'links', index, key], link[key]])),
    ...post.message.buttons.map(({ title }, index): [Path, string] => [[...here, 'message', 'buttons', index, 'title'], title]),
    ...post.means.flatMap(({ means, template }) => Object.entries(template?.data ?? {}).map(([name, value]): [Path, string] => [[...here, 'means', channelOfMeans(means), 'data', name], value])),
  ]
  const naming = (name: string): Path[] => texts.flatMap(([path, text]) => (new RegExp(`\\{\\{\\s*campaign\\.${name}\\s*\\}\\}`).test(text) ? [path] : []))
  const [themeless, sloganless] = [campaign.theme === null ? naming('theme') : [], campaign.slogans.length === 0 ? naming('slogan') : []]
  const words: WordsGiven = { file, locate, contacts: compose.contacts }
  const media = post.message.media === null ? null : compose.media(post.message.media.asset)
  const shown = filledPost(post, campaign, compose)
  const { from, to } = campaign.period
  const outside = post.at < vietnamMoment(from) || post.at >= vietnamMoment(to) + DAY + longestAfter
  return [
    ...texts.flatMap(([path, text]) => placeholderProblems(file, locate, path, text, known)),
    ...checkWords(texts.filter(([path]) => path.at(-1) !== 'url'), words),
    ...themeless.map((path) => problem(path, 'error', 'bài nhắc chủ đề mà đợt chưa có theme', 'thêm theme khi cơ quan chủ quản công bố, hoặc bỏ {{campaign.theme}} khỏi bài')),
    ...sloganless.map((path) => problem(path, 'error', 'bài nhắc khẩu hiệu mà đợt chưa có slogans', 'thêm khẩu hiệu dưới slogans, hoặc bỏ {{campaign.slogan}} khỏi bài')),
    ...(post.audience.tags.length === 0 ? [] : [problem([...here, 'audience', 'tags'], 'warning', `chưa ai có thẻ ${post.audience.tags.map((tag) => `“${tag}”`).join(', ')} nên bài không đến ai`, 'bỏ tags; muốn hẹp hơn thì chọn theo xã, vai trò, ngôn ngữ')]),
    ...post.message.buttons.flatMap(({ opens }, index) => (compose.payload(opens) === null ? [problem([...here, 'message', 'buttons', index, 'opens'], 'error', `"${opens}" không có`, 'sửa mã kịch bản hoặc mã mục hỏi–đáp')] : [])),
    ...post.message.links.flatMap(({ url }, index) => (/^https:\/\//.test(filled(url, campaign, compose)) ? [] : [problem([...here, 'message', 'links', index, 'url'], 'error', `${url} không phải địa chỉ https://`, 'điền địa chỉ trong province.yaml, hoặc viết thẳng địa chỉ')])),
    ...shown.message.links.flatMap(({ title, url }, index) => (/^https:\/\//.test(filled(url, campaign, compose)) ? checkLink([...here, 'message', 'links', index], { title, url: filled(url, campaign, compose) }, words) : [])),
    ...(media !== null && !isServed(media, vietnamDay(post.at)) ? [problem([...here, 'message', post.message.media!.kind], 'error', `tệp "${media.asset}" không dùng được vào ngày ${showDay(vietnamDay(post.at))}`, 'sửa from, until của tệp trong assets.yaml, hoặc chọn tệp khác')] : []),
    ...post.means.flatMap((choice) => cannotCarry(choice, shown, media, rules.means[choice.means]).map(({ effect, what }) =>
      problem([...here, 'means', channelOfMeans(choice.means)], effect === 'refused' ? 'error' : 'warning', what, effect === 'refused' ? 'sửa bài, hoặc đổi cách gửi' : 'xem lại; nếu chấp nhận được thì để nguyên'))),
    ...(outside ? [problem([...here, 'time'], 'warning', `bài gửi ngày ${showDay(vietnamDay(post.at))}, ngoài đợt (${showDay(from)} đến ${showDay(to)})`, 'sửa giờ gửi, hoặc sửa period')] : []),
    ...(settings.quietHours !== null && isQuiet([settings.quietHours], post.at)
      ? [problem([...here, 'time'], 'warning', 'giờ gửi nằm trong giờ yên lặng', post.atNight === 'wait' ? 'bài sẽ chờ đến sáng; sửa giờ nếu không muốn vậy' : 'sẽ không ai nhận được; sửa giờ, hoặc bỏ at_night: skip')] : []),
  ]
}

const isServed = ({ from, until }: MediaFile, day: string): boolean => (from === null || from <= day) && (until === null || day <= until)

/** Which posts exceed what any OA may broadcast, by their place. What other campaigns use is known to the plan only. */
function broadcastsOver({ campaign }: CampaignFile, { rules }: CheckContext): number[] {
  const { account_monthly, contact_daily } = rules.means.zalo_broadcast
  const requests = campaign.posts.flatMap((post, index) => (post.means.some(({ means }) => means === 'zalo_broadcast')
    ? [{ id: String(index), at: post.at, isKeyDay: campaign.keyDays.includes(vietnamDay(post.at)) }] : []))
  return [...overAllowance(requests, { leftInMonth: () => account_monthly?.value ?? null, leftOnDay: () => contact_daily?.value ?? null }).keys()].map(Number)
}
