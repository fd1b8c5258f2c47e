import { channelOfMeans, type ApprovalRecord, type MeansName } from '../core/campaign.ts'
import type { Campaign, Post } from './campaign.ts'
import { canonicalJson, sha256 } from './canonical.ts'
import { prepare, type ComposeContext } from './compose.ts'
import { meansTable } from './means.ts'
import { writtenTime } from './export.ts'

/** A hash for each thing that an approver sees, by a name a change can be told with. */
export type Manifest = Readonly<Record<string, string>>

/**
 * What is approved: for every post its time, audience and, for every channel, the means and what that means sends (through
 * the channel's own render, with province, reply wording and buttons as they are now) and the bytes of every file.
 */
export function manifestOf(campaign: Campaign, context: ComposeContext): Manifest {
  const { id, name, purpose, period, theme, slogans, keyDays, calendar, posts, followUp } = campaign
  return Object.fromEntries([
    ['campaign', digest({ id, name, purpose, period, theme, slogans })],
    ['key_days', digest(keyDays)],
    ...(calendar === undefined ? [] : [['calendar', digest(calendar)] as [string, string]]),
    ...(followUp === undefined ? [] : [['follow_up', digest(followUp)] as [string, string]]),
    ...posts.flatMap((post) => entriesOf(campaign, post, context)),
  ])
}

function entriesOf(campaign: Campaign, post: Post, context: ComposeContext): [string, string][] {
  const here = `post/${post.id}`
  const { media } = post.message
  const file = media === null ? null : context.media(media.asset)
  return [
    [`${here}/title`, digest(post.title)],
    [`${here}/time`, digest([writtenTime(post.at), post.atNight])],
    [`${here}/audience`, digest(post.audience)],
    [`${here}/people`, digest(post.people)],
    ...post.means.flatMap((choice): [string, string][] => [
      [`${here}/means/${channelOfMeans(choice.means)}`, digest(choice)],
      [`${here}/content/${choice.means}`, digest(prepare(campaign, post, choice, context))],
    ]),
    ...(media === null ? [] : [[`${here}/file/${media.asset}`, file === null ? 'missing' : file.sha256] as [string, string]]),
  ]
}

const digest = (value: unknown): string => sha256(canonicalJson(value))

/** Over the whole manifest: what the audit log carries and staff may compare. */
export const approvalHash = (manifest: Manifest): string => digest(manifest)

/** What has changed since it was approved, a sentence each, in the order of the manifest; empty: the approval holds. */
export function changesSince({ manifest }: Pick<ApprovalRecord, 'manifest'>, now: Manifest): string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(manifest)])]
  const posts = (of: Manifest): Set<string> => new Set(Object.keys(of).flatMap((name) => (name.startsWith('post/') ? [name.split('/')[1]!] : [])))
  const [before, after] = [posts(manifest), posts(now)]
  const told = new Set<string>()
  for (const name of names.filter((each) => manifest[each] !== now[each])) {
    const post = name.startsWith('post/') ? name.split('/')[1]! : null
    if (post !== null && !before.has(post)) told.add(`thêm bài "${post}"`)
    else if (post !== null && !after.has(post)) told.add(`bỏ bài "${post}"`)
    else told.add(tell(name))
  }
  return [...told]
}

function tell(name: string): string {
  const [kind, post = '', part = '', detail = ''] = name.split('/')
  if (kind === 'campaign') return 'tên, mục đích, thời gian, chủ đề hoặc khẩu hiệu của đợt đã đổi'
  if (kind === 'follow_up') return 'người nhận lời đính chính, thu hồi đã đổi'
  if (kind === 'calendar') return 'lịch hoạt động đã đổi'
  if (kind === 'key_days') return 'các ngày trọng điểm đã đổi'
  const words: Readonly<Record<string, string>> = {
    title: 'tiêu đề đã đổi', time: 'giờ gửi đã đổi', audience: 'người nhận đã đổi', people: 'người được nêu tên đã đổi',
    means: `cách gửi trên ${detail} đã đổi`,
    content: `nội dung gửi đi đã đổi (${Object.hasOwn(meansTable, detail) ? meansTable[detail as MeansName].title : detail})`,
    file: `tệp "${detail}" đã đổi`,
  }
  return `bài "${post}": ${words[part]}`
}
