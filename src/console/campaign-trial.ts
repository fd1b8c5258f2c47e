import { html } from 'hono/html'
import { addPhone, listPhones, removePhone, sendTrial, type TrialPhone, type TrialResult } from '../campaign/trial.ts'
import { HOUR, type Clock } from '../core/time.ts'
import type { Handover, Store } from '../store/ports.ts'
import type { AccessLog } from './access-log.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { suggestedField, suggestions } from './campaign-fields.ts'
import { typed } from './campaign-keep.ts'
import { nothing, section, type ShowCampaign } from './campaign-common.ts'
import { button, card, form, hidden, notice, table, textField, type Html } from './components.ts'
import type { Asked, Guard } from './guard.ts'
import { phonesPath, root } from './paths.ts'
import { accountTitle, moment, shortKey } from './show.ts'

export interface TrialPorts extends Pick<AnnouncingPorts, 'world'> {
  store: Pick<Store, 'loadCampaign' | 'queueTrial' | 'listEntries' | 'readEntry' | 'writeEntry' | 'findContact' | 'handoversAsked'>
  showCampaign: ShowCampaign
  log: AccessLog
  now: Clock
}

const results: Readonly<Record<TrialResult[number]['result'], string>> = { queued: 'đang gửi', no_contact: 'chưa từng nhắn cho tài khoản này', not_by_this_post: 'bài không gửi qua kênh của máy này' }
const longestName = 100
/** So many of those who asked for a person within the hour may be chosen. */
const mostSuggested = 20

/** A post on the phones of staff before it is submitted, and which phones these are. */
export function trialRoutes(guard: Guard, { world, store, showCampaign, log, now }: TrialPorts): void {
  guard.on('POST /dot/:id/gui-thu', async (asked) => {
    const record = await store.loadCampaign(asked.c.req.param('id') ?? '')
    if (record === null) return nothing(asked)
    const phones = await listPhones(store)
    if (phones.length === 0) return showCampaign(asked, notice(html`Chưa có điện thoại nào để gửi thử. Người quản trị thêm ở <a href="${phonesPath}">Điện thoại gửi thử</a>.`, 'warn', true), 409)
    const sent = await sendTrial(record, asked.field('bai'), phones, (await world()).compose, store, now())
    if (sent === null) return showCampaign(asked, notice('Đợt không có bài này.', 'warn', true), 422)
    await log.append({ at: now(), who: asked.viewer.account.name, action: 'trial_sent', about: `${record.id}/${asked.field('bai')}`, count: sent.filter(({ result }) => result === 'queued').length, reason: '' })
    return showCampaign(asked, notice(html`Gửi thử: ${sent.map(({ name, result }, index) => html`${index === 0 ? '' : '; '}<bdi>${name}</bdi>: ${results[result]}`)}.`, sent.some(({ result }) => result === 'queued') ? 'good' : 'warn', true))
  })

  guard.on('GET /dot-may', (asked) => show(asked, ''))

  guard.on('POST /dot-may', async (asked) => {
    const [contactKey, name, { account }] = [typed(asked, 'ma-nguoi-nhan'), typed(asked, 'ten-may'), asked.viewer]
    if (asked.field('viec') === 'bo') {
      const removed = await removePhone(store, contactKey)
      if (removed) await log.append({ at: now(), who: account.name, action: 'trial_phone_removed', about: contactKey, count: 1, reason: '' })
      return show(asked, removed ? notice('Đã bỏ máy này.', 'good') : notice('Không có máy này.', 'warn', true), removed ? 200 : 409)
    }
    const contact = contactKey === '' ? null : await store.findContact(contactKey)
    if (contact === null) return show(asked, notice('Không có người nhắn nào mang mã này: máy phải nhắn cho tài khoản một lần trước.', 'bad', true), 422)
    if (name === '' || name.length > longestName) return show(asked, notice(`Ghi máy này của ai, dài nhất ${longestName} ký tự.`, 'bad', true), 422)
    await addPhone(store, { contactKey, account: `${contact.contact.channel}:${contact.contact.accountId}`, name })
    await log.append({ at: now(), who: account.name, action: 'trial_phone_added', about: contactKey, count: 1, reason: '' })
    return show(asked, notice('Đã thêm.', 'good'))
  })

  async function show(asked: Asked, told: Html | '', status: 200 | 409 | 422 = 200): Promise<Response> {
    const [phones, asking] = [await listPhones(store), await store.handoversAsked(now() - HOUR, now())]
    const waiting = asking.filter(({ closedAt }) => closedAt === null).toReversed().slice(0, mostSuggested)
    return asked.show({ title: 'Điện thoại gửi thử', section, again: null }, phonesPage(phones, waiting, told, asked.viewer.token), status)
  }
}

/** Who asks for a person has just written: that is how a phone is found without anybody reading ids aloud. */
const phonesPage = (phones: readonly TrialPhone[], waiting: readonly Handover[], told: Html | '', token: string): Html => html`<p><a href="${root}/dot">← Tất cả các đợt</a></p>
<h1>Điện thoại gửi thử</h1>
${told}
${card('Đang có', phones.length === 0 ? html`<p class="soft">Chưa có máy nào.</p>` : table('Máy của cán bộ nhận tin gửi thử', ['Của ai', 'Tài khoản', 'Mã', 'Thay đổi'], phones.map(({ name, account, contactKey }) => [
    html`<bdi>${name}</bdi>`, accountTitle(account), shortKey(contactKey), form(phonesPath, token, html`${hidden('ma-nguoi-nhan', contactKey)}${button(html`Bỏ<span class="unseen"> máy của ${name}</span>`, 'quiet', 'bo')}`),
  ])))}
${card('Thêm máy', html`<ol><li>Từ máy đó, nhắn “gặp cán bộ” cho tài khoản Zalo, trang Facebook hoặc bot của tỉnh.</li><li>Chọn mã vừa hiện trong ô dưới, ghi tên người giữ máy.</li></ol>
${form(phonesPath, token, html`${suggestedField({ name: 'ma-nguoi-nhan', label: 'Mã người nhắn', list: 'dang-cho', value: '' })}${suggestions('dang-cho', waiting.map(({ contactKey, account, askedAt }) => ({ value: contactKey, title: `${shortKey(contactKey)} · ${accountTitle(account)} · ${moment(askedAt)}` })))}
${textField({ name: 'ten-may', label: 'Máy của ai', required: true })}${button('Thêm máy')}`)}`)}`
