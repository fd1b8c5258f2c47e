import { openHandoverOf, openHandovers } from '../conversation/open-handovers.ts'
import { tellTime } from '../core/time.ts'
import { readSettings, readWords, UsageError, withStore, type Command } from './command.ts'

const usage = 'handover list | handover release <mã người nhắn>'

/** `handover list`: who waits for a person. `handover release KEY`: the assistant answers again. */
export const handover: Command = async (args, terminal) => {
  const [what] = args
  if (what !== 'list' && what !== 'release') throw new UsageError(`Cách dùng: ${usage}`)
  const { words: [, contactKey = ''] } = readWords(args, { usage, least: what === 'list' ? 1 : 2 })
  const config = readSettings(terminal)
  if (what === 'list') {
    return withStore(config, async (store) => {
      const open = await openHandovers(store, Date.now())
      for (const { contactKey: key, account, reason, askedAt, firstStaffAnswerAt } of open) {
        terminal.out([key, account, reason, tellTime(askedAt, Date.now()), firstStaffAnswerAt === null ? 'chưa trả lời' : 'đã trả lời'].join('\t'))
      }
      if (open.length === 0) terminal.out('Không có ai đang chờ cán bộ.')
      return 0
    })
  }
  return withStore(config, async (store) => {
    const found = await store.findContact(contactKey)
    if (found === null) {
      terminal.error('Không có người nhắn nào mang mã này.')
      return 1
    }
    const now = Date.now()
    const open = await openHandoverOf(store, contactKey)
    if (open !== null) await store.closeHandover(open.id, now)
    await store.recordEvents([{
      id: `release:${contactKey}:${now}`, contact: found.contact, sentAt: now, receivedAt: now, orderAt: now, kind: 'thread_control', owner: 'us', settled: true,
    }], now)
    terminal.out('Trợ lý tự động sẽ trả lời lại người này.')
    return 0
  })
}
