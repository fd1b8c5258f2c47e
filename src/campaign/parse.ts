import type { Problem } from '../core/problem.ts'
import { activityFrom } from '../content/calendar.ts'
import { readYaml, type Locate, type Path } from '../core/yaml.ts'
import { writtenCampaign } from './export.ts'
import type { Campaign, Post } from './campaign.ts'
import { audienceFrom, campaignSchema, meansFrom, messageFrom, type WrittenCampaign, type WrittenPost } from './written.ts'

/** A campaign with the way back to the lines it was read from. */
export interface CampaignFile { campaign: Campaign; file: string; locate: Locate }

/** `content/campaigns/*.yaml`. Null when it cannot be used; what is doubtful is `checkCampaign`'s business. */
export function parseCampaign({ file, text }: { file: string; text: string }): { read: CampaignFile | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, campaignSchema)
  if (value === null) return { read: null, problems }
  const campaign = campaignFrom(value)
  const doubled = doubledPosts(campaign).map(({ path, ...fault }): Problem => ({ file, ...locate(path), severity: 'error', ...fault }))
  return doubled.length > 0 ? { read: null, problems: doubled } : { read: { campaign, file, locate }, problems: [] }
}

/** What is wrong with a place of a campaign. */
export interface Fault { path: Path; what: string; todo: string }

const doubledPosts = ({ posts }: Campaign): Fault[] => posts.flatMap(({ id }, index) =>
  (posts.findIndex((other) => other.id === id) === index ? [] : [{ path: ['posts', index, 'id'], what: `mã bài "${id}" đã có ở trên`, todo: 'đổi mã của một trong hai bài' }]))

/** A campaign that was made in a form, by the same rules as one in a file. */
export function readForm(made: Campaign): { campaign: Campaign } | { faults: Fault[] } {
  const checked = campaignSchema.safeParse(writtenCampaign(made))
  if (!checked.success) return { faults: checked.error.issues.map(({ path, message }) => ({ path, ...sentenceOf(message) })) }
  const campaign = campaignFrom(checked.data)
  const doubled = doubledPosts(campaign)
  return doubled.length > 0 ? { faults: doubled } : { campaign }
}

/** What a schema says: `what → what to do`. */
export function sentenceOf(message: string): Pick<Fault, 'what' | 'todo'> {
  const [what = '', todo = 'sửa lại chỗ này'] = message.split(' → ')
  return { what, todo }
}

function campaignFrom(written: WrittenCampaign): Campaign {
  return {
    id: written.id,
    sample: written.sample === 'true',
    name: written.name,
    purpose: written.purpose,
    period: written.period,
    theme: written.theme ?? null,
    slogans: written.slogans ?? [],
    keyDays: written.key_days ?? [],
    ...(written.calendar !== undefined && written.calendar.length > 0 && { calendar: written.calendar.map(activityFrom) }),
    posts: written.posts.map(postFrom),
  }
}

export function postFrom(written: WrittenPost): Post {
  return {
    id: written.id,
    title: written.title,
    at: written.time,
    atNight: written.at_night ?? 'wait',
    message: messageFrom(written.message),
    audience: audienceFrom(written.audience),
    means: meansFrom(written.means),
    people: written.people ?? [],
  }
}
