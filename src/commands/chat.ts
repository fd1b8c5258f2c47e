import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { channelNames } from '../core/contact.ts'
import { recordingStart } from '../sandbox/recording.ts'
import { terminalChat } from '../sandbox/terminal.ts'
import { startServer } from '../server.ts'
import { readWords, UsageError, type Command } from './command.ts'

const usage = 'chat [zalo|facebook|telegram] [--record test/transcripts/TÊN.txt]'

/**
 * The whole real way on a store of its own that is gone afterwards. `--record` keeps what was typed as a golden dialogue;
 * a file that is there is never written over.
 */
export const chat: Command = async (args, { env, input, out }) => {
  const { words, flags } = readWords(args, { usage, most: args.includes('--record') ? 2 : 1, flags: ['--record'] })
  const file = flags.has('--record') ? recordingFile(words.pop()) : null
  const [name = 'zalo'] = words
  const channel = channelNames.find((known) => known === name)
  if (channel === undefined) throw new UsageError(`Không hiểu "${name}". Cách dùng: ${usage}`)
  const folder = mkdtempSync(join(tmpdir(), 'camnang-chat-'))
  const { FLOWS_DIR, CONTENT_DIR, PUBLIC_URL } = env
  const recorded: string[] = []
  try {
    const server = await startServer({ FLOWS_DIR, CONTENT_DIR, PUBLIC_URL, SANDBOX: '1', PORT: '0', LOG_LEVEL: 'silent', STORE: `sqlite:${folder}/chat.db?sync=normal` })
    await terminalChat({ sandbox: server.sandbox!, channel, input, output: process.stdout, record: (line) => recorded.push(line) })
    await server.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
    if (file !== null && recorded.length > 0) {
      writeFileSync(file, `${recordingStart(basename(file, '.txt'), channel).join('\n')}\n\n${recorded.join('\n\n')}\n`)
      out(`Đã ghi vào ${file}. Sửa dòng đầu của tệp, rồi điền câu trả lời: npm run transcripts:update`)
    }
  }
  return 0
}

function recordingFile(file: string | undefined): string {
  if (file === undefined || !file.endsWith('.txt')) throw new UsageError(`Sau --record cần tên tệp, đuôi .txt. Cách dùng: ${usage}`)
  if (existsSync(file)) throw new UsageError(`Tệp ${file} đã có, lệnh này không ghi đè. Đặt tên khác.`)
  return file
}
