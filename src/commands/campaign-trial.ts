import { addPhone, listPhones, removePhone, sendTrial } from '../campaign/trial.ts'
import { done, failed, missing, type Subcommand } from './campaign-answer.ts'
import { campaignOf } from './campaign-desk.ts'

/** A post on the phones of those who made it, before everybody has it. */

const noPhones = 'Chưa có điện thoại nào: campaign phones add MÃ_NGƯỜI_NHẮN TÊN'

export const phones: Subcommand = async (desk, { words: [what, contactKey = '', ...name], given }, terminal) => {
  if (what === 'add') {
    const found = await desk.store.findContact(contactKey)
    if (found === null) return failed('Không có người nhắn nào mang mã này: điện thoại phải nhắn cho tài khoản một lần trước.', given, terminal)
    await addPhone(desk.store, { contactKey, account: `${found.contact.channel}:${found.contact.accountId}`, name: name.join(' ') || desk.actor.name })
    return done('Đã thêm.', given, terminal)
  }
  if (what === 'remove') return (await removePhone(desk.store, contactKey)) ? done('Đã bỏ.', given, terminal) : failed('Không có điện thoại này.', given, terminal)
  const all = await listPhones(desk.store)
  if (given.json) terminal.out(JSON.stringify(all))
  else if (all.length === 0) terminal.out(noPhones)
  else for (const phone of all) terminal.out([phone.contactKey, phone.account, phone.name].join('\t'))
  return 0
}

export const trial: Subcommand = async (desk, { words: [id = '', post = ''], given }, terminal) => {
  const wanted = await campaignOf(desk, id)
  if (wanted === null) return missing(id, given, terminal)
  const results = await sendTrial({ id, content: wanted }, post, await listPhones(desk.store), (await desk.world()).compose, desk.store, Date.now())
  if (results === null) return failed(`Đợt không có bài "${post}".`, given, terminal)
  if (given.json) terminal.out(JSON.stringify(results))
  else if (results.length === 0) terminal.out(noPhones)
  else for (const { name, result } of results) terminal.out(`${name}: ${trialWords[result]}`)
  return 0
}

const trialWords = { queued: 'đã xếp gửi', no_contact: 'chưa từng nhắn cho tài khoản này', not_by_this_post: 'bài không gửi qua kênh này' } as const
