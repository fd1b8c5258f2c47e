import { confirmCorrection, correctionSteps, dropCorrection, longestCorrection, proposeCorrection } from '../campaign/correct.ts'
import type { Done } from '../campaign/engine.ts'
import { decideAction } from '../campaign/life.ts'
import { contentOf, noRules } from '../campaign/world.ts'
import type { CorrectionRecord } from '../core/campaign.ts'
import type { Clock } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { correctionPage, everyPost } from './campaign-correct-page.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { typed } from './campaign-keep.ts'
import { actorOf, longestReason, nothing, refusalNotice, section } from './campaign-common.ts'
import { notice, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { campaignPath } from './paths.ts'

export interface CorrectionPorts extends Pick<AnnouncingPorts, 'engine' | 'world' | 'settings'> {
  store: Pick<Store, 'loadCampaign' | 'readLedger' | 'listPublications'>
  now: Clock
}

const idOf = ({ c }: Asked): string => c.req.param('id') ?? ''

/** Two people put right what has gone out. */
export function correctionRoutes(guard: Guard, { engine, world, settings, store, now }: CorrectionPorts): void {
  guard.on('GET /dot/:id/dinh-chinh', (asked) => show(asked, ''))

  guard.on('POST /dot/:id/dinh-chinh', async (asked) => {
    const [kind, post, text, reason] = [asked.field('loai'), asked.field('bai'), typed(asked, 'loi-dinh-chinh'), typed(asked, 'ly-do')]
    const wrong = kind !== 'correct' && kind !== 'recall' ? 'Chọn đính chính hoặc thu hồi.'
      : text === '' || text.length > longestCorrection ? `Lời phải có, dài nhất ${longestCorrection} ký tự.` : reason === '' || reason.length > longestReason ? `Lý do phải có, dài nhất ${longestReason} ký tự.` : null
    if (wrong !== null) return show(asked, notice(wrong, 'bad', true), 422)
    return told(asked, await proposeCorrection(engine, idOf(asked), { kind: kind as CorrectionRecord['kind'], text, ...(post !== '' && post !== everyPost && { posts: [post] }) }, { actor: actorOf(asked.viewer.account), why: reason }, now()), `de-nghi-${kind}`)
  })

  guard.on('POST /dot/:id/dinh-chinh/xac-nhan', async (asked) => {
    const done = await confirmCorrection(engine, idOf(asked), { actor: actorOf(asked.viewer.account), why: typed(asked, 'ly-do-xac-nhan').slice(0, longestReason) }, now())
    return told(asked, done, 'done' in done ? `xac-nhan-${done.done.correction!.kind}` : '')
  })

  guard.on('POST /dot/:id/dinh-chinh/bo', async (asked) => {
    const why = typed(asked, 'ly-do-bo')
    if (why === '' || why.length > longestReason) return show(asked, notice('Chưa ghi vì sao bỏ, hoặc lý do dài quá.', 'bad', true), 422)
    return told(asked, await dropCorrection(engine, idOf(asked), { actor: actorOf(asked.viewer.account), why }), 'bo-dinh-chinh')
  })

  const told = (asked: Asked, done: Done, what: string): Response | Promise<Response> =>
    ('done' in done ? asked.c.redirect(`${campaignPath(idOf(asked))}?da=${what}`, 303) : show(asked, refusalNotice(done.refused), 409))

  async function show(asked: Asked, telling: Html | '', status: 200 | 409 | 422 = 200): Promise<Response> {
    const { viewer: { account, token } } = asked
    const record = await store.loadCampaign(idOf(asked))
    if (record === null) return nothing(asked)
    const { rules } = await world()
    const campaign = contentOf(record)
    const open = record.correction?.confirmedBy === null ? record.correction : null
    const about = open?.posts === undefined ? {} : { posts: open.posts }
    const steps = async (kind: CorrectionRecord['kind']) => (rules === null ? [] : correctionSteps(record.id, { kind, ...about }, rules, { store, now }))
    const decided = (action: 'propose_correction' | 'confirm_correction' | 'drop_correction') => decideAction(record, action, actorOf(account), 'lý do', settings)
    const confirming = decided('confirm_correction')
    return asked.show({ title: 'Đính chính, thu hồi', section, again: null }, correctionPage({
      id: record.id, name: campaign.name, status: record.status, open,
      steps: { correct: await steps('correct'), recall: await steps('recall') }, titleOf: (post) => campaign.posts.find(({ id }) => id === post)?.title ?? post,
      mayPropose: 'to' in decided('propose_correction'), mayNotConfirm: 'refused' in confirming ? confirming.refused : null, mayDrop: 'to' in decided('drop_correction'),
      typed: { kind: asked.field('loai') || 'correct', post: asked.field('bai'), text: typed(asked, 'loi-dinh-chinh'), reason: typed(asked, 'ly-do') },
      told: rules === null ? notice(noRules, 'bad') : telling, token,
    }), status)
  }
}
