import { describe, expect, it } from 'vitest'
import { actionNames, campaignActions, decideAction, staffRoles, statusNames, voidsApproval, type Actor, type CampaignAction, type CampaignStanding } from '../../src/campaign/life.ts'
import { campaignStatuses, type CampaignStatus } from '../../src/core/campaign.ts'

/** What is allowed, as the rules were agreed: action → who; from → to. Everything else is refused. */
const agreed: Record<CampaignAction, { who: string; ways: string }> = {
  edit: { who: 'editor admin', ways: 'draft>draft returned>draft submitted>draft approved>draft scheduled>draft' },
  submit: { who: 'editor admin', ways: 'draft>submitted returned>submitted' },
  approve: { who: 'approver admin', ways: 'submitted>approved' },
  return: { who: 'approver admin system', ways: 'submitted>returned approved>returned scheduled>returned' },
  schedule: { who: 'system', ways: 'approved>scheduled' },
  start: { who: 'system', ways: 'scheduled>running' },
  pause: { who: 'editor approver duty admin system', ways: 'running>paused' },
  resume: { who: 'approver duty admin', ways: 'paused>running' },
  finish: { who: 'system', ways: 'running>finished' },
  cancel: { who: 'approver admin', ways: 'draft>cancelled returned>cancelled submitted>cancelled approved>cancelled scheduled>cancelled running>cancelled paused>cancelled' },
  propose_correction: { who: 'editor approver duty admin', ways: 'running>paused paused>paused finished>finished cancelled>cancelled' },
  confirm_correction: { who: 'approver admin', ways: 'running>running paused>paused finished>finished cancelled>cancelled' },
  drop_correction: { who: 'approver admin', ways: 'running>running paused>paused finished>finished cancelled>cancelled' },
  settle: { who: 'approver duty admin', ways: 'running>running paused>paused finished>finished cancelled>cancelled' },
  send_again: { who: 'approver duty admin', ways: 'running>running paused>paused finished>running' },
  note_reach: { who: 'editor approver duty admin', ways: 'running>running paused>paused finished>finished cancelled>cancelled' },
}
const wayFrom = (action: CampaignAction, status: CampaignStatus): string | undefined =>
  agreed[action].ways.split(' ').find((way) => way.startsWith(`${status}>`))?.split('>')[1]

const roles = [...staffRoles, 'system'] as const
const needReason: readonly CampaignAction[] = ['return', 'pause', 'cancel', 'propose_correction', 'drop_correction']
const approvals: readonly CampaignAction[] = ['approve', 'confirm_correction']
const names = { author: 'Lan', editor: 'Minh', proposer: 'Hoa', other: 'Dũng' }

function standing(status: CampaignStatus, open: boolean): CampaignStanding {
  return { status, author: names.author, lastEditor: names.editor, correction: open ? { proposedBy: names.proposer, confirmedBy: null } : null }
}

describe('the life of a campaign', () => {
  it('allows what was agreed and nothing else: every role, status, action, way in, person, reason, correction', () => {
    let asked = 0
    for (const role of roles) for (const status of campaignStatuses) for (const action of campaignActions) {
      for (const via of ['console', 'cli', 'job'] as const) for (const approveVia of ['any', 'console'] as const) {
        for (const name of Object.values(names)) for (const reason of ['', 'vì sao']) for (const open of [false, true]) {
          const to = wayFrom(action, status)
          const correcting = action.endsWith('_correction')
          const allowed = agreed[action].who.split(' ').includes(role) && to !== undefined &&
            !(needReason.includes(action) && reason === '') &&
            !(approvals.includes(action) && approveVia === 'console' && via !== 'console') &&
            !(action === 'approve' && (name === names.author || name === names.editor)) &&
            !(action === 'confirm_correction' && name === names.proposer) &&
            !(correcting && (action === 'propose_correction') === open) &&
            !((action === 'resume' || action === 'send_again') && open)
          const decided = decideAction(standing(status, open), action, { name, role, via } as Actor, reason, { approveVia })
          expect(decided, `${role} ${status} ${action} ${via} ${approveVia} ${name} ${open}`).toEqual(allowed ? { to } : { refused: expect.stringMatching(/\S/) })
          asked++
        }
      }
    }
    expect(asked).toBe(5 * 9 * 16 * 3 * 2 * 4 * 2 * 2)
  })

  it.each([
    ['LAN'], [' lan '], ['Lan'.normalize('NFD')],
  ])('knows the author as %j too', (name) => {
    expect(decideAction(standing('submitted', false), 'approve', { name, role: 'admin', via: 'console' }, '', { approveVia: 'any' })).toEqual({ refused: expect.stringContaining('không được tự duyệt') })
  })

  it('lets nobody approve who has edited it since the last approval, in whatever letters', () => {
    const edited = { ...standing('submitted', false), editors: ['Thu', names.editor] }
    const by = (name: string): Actor => ({ name, role: 'approver', via: 'console' })
    expect(decideAction(edited, 'approve', by(' THU'), '', { approveVia: 'any' })).toEqual({ refused: expect.stringContaining('cần người chưa sửa gì') })
    expect(decideAction(edited, 'approve', by(names.other), '', { approveVia: 'any' })).toEqual({ to: 'approved' })
  })

  it('refuses in words that name the way out', () => {
    const by = (role: Actor['role'], via: Actor['via'] = 'cli'): Actor => ({ name: names.other, role, via })
    expect(decideAction(standing('submitted', false), 'approve', by('editor'), '', { approveVia: 'any' })).toEqual({ refused: 'biên tập viên không được duyệt; việc này của người duyệt, quản trị' })
    expect(decideAction(standing('finished', false), 'cancel', by('admin'), 'x', { approveVia: 'any' })).toEqual({ refused: 'đợt đã xong nên không hủy được' })
    expect(decideAction(standing('submitted', false), 'approve', by('approver'), '', { approveVia: 'console' })).toEqual({ refused: expect.stringContaining('APPROVE_VIA=console') })
    expect(decideAction(standing('running', false), 'pause', by('duty'), ' ', { approveVia: 'any' })).toEqual({ refused: 'phải ghi lý do tạm dừng' })
  })

  it('makes an approval void by editing or returning, and by nothing else', () => {
    const voiding = campaignStatuses.flatMap((before) => campaignStatuses.filter((after) => voidsApproval(before, after)).map((after) => `${before}>${after}`))
    expect(voiding).toEqual(['approved>draft', 'approved>returned', 'scheduled>draft', 'scheduled>returned'])
  })

  it('has a Vietnamese word for every status and action', () => {
    expect(Object.keys(statusNames).sort()).toEqual([...campaignStatuses].sort())
    expect(Object.keys(actionNames).sort()).toEqual([...campaignActions].sort())
  })
})
