import type { CampaignSettings } from '../config.ts'
import type { CampaignRecord, CampaignStatus } from '../core/campaign.ts'

/** Who may do what to a campaign, and what it becomes. Pure. */

export const staffRoles = ['editor', 'approver', 'duty', 'admin'] as const
export type StaffRole = (typeof staffRoles)[number]

/** `job`: the program itself, by its clock. */
export interface Actor { name: string; role: StaffRole | 'system'; via: 'console' | 'cli' | 'job' }

export const campaignActions = [
  'edit', 'submit', 'approve', 'return', 'schedule', 'start', 'pause', 'resume', 'finish', 'cancel',
  'propose_correction', 'confirm_correction', 'drop_correction', 'settle', 'send_again', 'note_reach',
] as const
export type CampaignAction = (typeof campaignActions)[number]

interface Transition {
  who: readonly Actor['role'][]
  /** From each status it is allowed in, the status it leads to. */
  to: Partial<Record<CampaignStatus, CampaignStatus>>
  /** A sentence why is required. */
  needsReason?: true
  /** Somebody else than whoever wrote any of it: four eyes. */
  secondPerson?: 'author' | 'proposer'
  /** Falls under `APPROVE_VIA`. */
  isApproval?: true
}

const gone = { running: 'paused', paused: 'paused', finished: 'finished', cancelled: 'cancelled' } as const
const standing = { running: 'running', paused: 'paused', finished: 'finished', cancelled: 'cancelled' } as const

/**
 * The allowed transitions. Editing what was submitted, approved or scheduled makes it a draft again, so that the approval is
 * void; what runs is not edited but paused, cancelled or corrected. Anybody may pause. A proposed correction pauses at once.
 * What nobody knows the end of is settled by a person; where it is sent or published again, a finished campaign runs again.
 */
export const transitions: Readonly<Record<CampaignAction, Transition>> = {
  edit: { who: ['editor', 'admin'], to: { draft: 'draft', returned: 'draft', submitted: 'draft', approved: 'draft', scheduled: 'draft' } },
  submit: { who: ['editor', 'admin'], to: { draft: 'submitted', returned: 'submitted' } },
  approve: { who: ['approver', 'admin'], to: { submitted: 'approved' }, secondPerson: 'author', isApproval: true },
  return: { who: ['approver', 'admin', 'system'], to: { submitted: 'returned', approved: 'returned', scheduled: 'returned' }, needsReason: true },
  schedule: { who: ['system'], to: { approved: 'scheduled' } },
  start: { who: ['system'], to: { scheduled: 'running' } },
  pause: { who: ['editor', 'approver', 'duty', 'admin', 'system'], to: { running: 'paused' }, needsReason: true },
  resume: { who: ['approver', 'duty', 'admin'], to: { paused: 'running' } },
  finish: { who: ['system'], to: { running: 'finished' } },
  cancel: {
    who: ['approver', 'admin'], needsReason: true,
    to: { draft: 'cancelled', returned: 'cancelled', submitted: 'cancelled', approved: 'cancelled', scheduled: 'cancelled', running: 'cancelled', paused: 'cancelled' },
  },
  propose_correction: { who: ['editor', 'approver', 'duty', 'admin'], to: gone, needsReason: true },
  confirm_correction: { who: ['approver', 'admin'], to: standing, secondPerson: 'proposer', isApproval: true },
  drop_correction: { who: ['approver', 'admin'], to: standing, needsReason: true },
  settle: { who: ['approver', 'duty', 'admin'], to: standing },
  send_again: { who: ['approver', 'duty', 'admin'], to: { running: 'running', paused: 'paused', finished: 'running' } },
  note_reach: { who: ['editor', 'approver', 'duty', 'admin'], to: standing },
}

export const statusNames: Readonly<Record<CampaignStatus, string>> = {
  draft: 'bản nháp', submitted: 'đã trình duyệt', approved: 'đã duyệt', scheduled: 'đã lên lịch', running: 'đang chạy', paused: 'tạm dừng',
  finished: 'đã xong', cancelled: 'đã hủy', returned: 'bị trả lại',
}

export const actionNames: Readonly<Record<CampaignAction, string>> = {
  edit: 'sửa', submit: 'trình duyệt', approve: 'duyệt', return: 'trả lại', schedule: 'lên lịch', start: 'bắt đầu', pause: 'tạm dừng', resume: 'chạy tiếp',
  finish: 'kết thúc', cancel: 'hủy', propose_correction: 'đề nghị đính chính, thu hồi', confirm_correction: 'xác nhận đính chính, thu hồi', drop_correction: 'bỏ đề nghị đính chính, thu hồi',
  settle: 'ghi kết quả chưa rõ', send_again: 'gửi lại', note_reach: 'ghi số tiếp cận',
}

const roleNames: Readonly<Record<Actor['role'], string>> = { editor: 'biên tập viên', approver: 'người duyệt', duty: 'người trực', admin: 'quản trị', system: 'hệ thống' }

export type CampaignStanding = Pick<CampaignRecord, 'status' | 'author' | 'lastEditor'> & {
  correction: Pick<NonNullable<CampaignRecord['correction']>, 'proposedBy' | 'confirmedBy'> | null
  /** Who has edited it since it was approved last, as the log says; absent: nobody but author and last editor. */
  editors?: readonly string[]
}

/** The status the action leads to, or why it is refused, in a sentence for staff. Whether the content is in order is `checkCampaign`'s business. */
export function decideAction(
  campaign: CampaignStanding, action: CampaignAction, actor: Actor, reason: string, { approveVia }: Pick<CampaignSettings, 'approveVia'>,
): { to: CampaignStatus } | { refused: string } {
  const rule = transitions[action]
  const to = rule.to[campaign.status]
  if (!rule.who.includes(actor.role)) return { refused: `${roleNames[actor.role]} không được ${actionNames[action]}; việc này của ${rule.who.map((role) => roleNames[role]).join(', ')}` }
  if (to === undefined) return { refused: `đợt ${statusNames[campaign.status]} nên không ${actionNames[action]} được` }
  const open = campaign.correction !== null && campaign.correction.confirmedBy === null
  if (action === 'propose_correction' && open) return { refused: 'đã có một đề nghị đính chính, thu hồi đang chờ xác nhận' }
  if ((action === 'confirm_correction' || action === 'drop_correction') && !open) return { refused: 'không có đề nghị đính chính, thu hồi nào đang chờ xác nhận' }
  if ((action === 'resume' || action === 'send_again') && open) return { refused: `đang có đề nghị đính chính, thu hồi chờ xác nhận, chưa ${actionNames[action]} được` }
  if (rule.isApproval === true && approveVia === 'console' && actor.via !== 'console') return { refused: 'chỉ được duyệt trên trang quản lý, không duyệt bằng dòng lệnh (APPROVE_VIA=console)' }
  const writers = [campaign.author, campaign.lastEditor, ...campaign.editors ?? []]
  if (rule.secondPerson === 'author' && writers.some((writer) => same(actor.name, writer))) {
    return { refused: 'người soạn và người đã sửa từ lần duyệt trước không được tự duyệt; cần người chưa sửa gì' }
  }
  if (rule.secondPerson === 'proposer' && same(actor.name, campaign.correction!.proposedBy)) return { refused: 'người đề nghị không được tự xác nhận; cần người thứ hai' }
  if (rule.needsReason === true && reason.trim() === '') return { refused: `phải ghi lý do ${actionNames[action]}` }
  return { to }
}

/** Names are of people: case, spaces and the form of letters do not make another one. */
const same = (a: string, b: string): boolean => nameKey(a) === nameKey(b)
const nameKey = (name: string): string => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** Whether a transition makes an approval void. */
export const voidsApproval = (before: CampaignStatus, after: CampaignStatus): boolean =>
  ['approved', 'scheduled'].includes(before) && ['draft', 'returned'].includes(after)
