import { zaloProfileText } from '../channels/profile.ts'
import { hasNoChannel } from '../config.ts'
import { formatProblems, loadContent } from '../content.ts'
import { profileOf } from '../conversation/profile.ts'
import { silentLog } from '../core/ports.ts'
import { readContentFolders } from '../node/files.ts'
import { createPlatforms } from '../platforms.ts'
import { createNodeTransport } from '../node/transport.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import { readSettings, readWords, UsageError, withStore, type Command } from './command.ts'

const usage = 'profile push'

/** `profile push`: greeting, menus and commands onto Facebook and Telegram; prints what to enter for Zalo. */
export const profile: Command = async (args, terminal) => {
  const { words: [what] } = readWords(args, { usage, least: 1 })
  if (what !== 'push') throw new UsageError(`Cách dùng: ${usage}`)
  const config = readSettings(terminal)
  if (hasNoChannel(config)) {
    terminal.error('Chưa đặt kênh nào (ZALO_…, FACEBOOK_…, TELEGRAM_… hoặc ACCOUNTS_FILE), nên không có gì để đưa lên. Trang tập dượt tự nhận lời chào và menu.')
    return 1
  }
  const read = loadContent(await readContentFolders(wordFolders(config)), contentOptions)
  if ('problems' in read) {
    terminal.error(formatProblems(read.problems).join('\n'))
    return 1
  }
  const wanted = profileOf(read.content, config.publicUrl === null ? null : `${config.publicUrl}/privacy`)
  const transport = createNodeTransport()
  try {
    return await withStore(config, async (store) => {
      const platforms = createPlatforms({ config, store, transport: transport.send, now: Date.now, log: silentLog })
      const findings = await platforms.pushProfile(wanted)
      for (const { account, what: done, todo } of findings) terminal.out(`${account}: ${done}${todo === null ? '' : ` → ${todo}`}`)
      if (config.zalo !== null) terminal.out(zaloProfileText(wanted))
      return findings.every(({ level }) => level === 'ok') ? 0 : 1
    })
  } finally {
    await transport.close()
  }
}
