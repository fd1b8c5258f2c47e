import { readSettings, readWords, UsageError, withStore, type Command } from './command.ts'

/** `contact export KEY`: everything kept about one person, for that person. */
export const contact: Command = async (args, terminal) => {
  const usage = 'contact export <mã người nhắn>'
  const { words: [what, contactKey = ''] } = readWords(args, { usage, least: 2 })
  if (what !== 'export') throw new UsageError(`Cách dùng: ${usage}`)
  return withStore(readSettings(terminal), async (store) => {
    const kept = await store.exportContact(contactKey)
    if (kept === null) {
      terminal.error('Không lưu gì về mã này.')
      return 1
    }
    terminal.out(JSON.stringify(kept, null, 2))
    return 0
  })
}

/** `forget KEY`: as if the person had asked in the conversation, without the farewell. */
export const forget: Command = async (args, terminal) => {
  const { words: [contactKey = ''] } = readWords(args, { usage: 'forget <mã người nhắn>', least: 1 })
  return withStore(readSettings(terminal), async (store) => {
    const gone = await store.forgetContact(contactKey, Date.now())
    terminal.out(gone ? 'Đã xóa.' : 'Không lưu gì về mã này.')
    return gone ? 0 : 1
  })
}
