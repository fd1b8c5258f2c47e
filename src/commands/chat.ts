import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelNames } from '../core/contact.ts'
import { terminalChat } from '../sandbox/terminal.ts'
import { startServer } from '../server.ts'
import { UsageError, type Command } from './command.ts'

/** `chat [zalo|facebook|telegram]`: the whole real way on a store of its own that is gone afterwards. */
export const chat: Command = async ([name = 'zalo'], { env, input }) => {
  const channel = channelNames.find((known) => known === name)
  if (channel === undefined) throw new UsageError('chat [zalo|facebook|telegram]')
  const folder = mkdtempSync(join(tmpdir(), 'camnang-chat-'))
  const { FLOWS_DIR, CONTENT_DIR } = env
  try {
    const server = await startServer({ FLOWS_DIR, CONTENT_DIR, SANDBOX: '1', PORT: '0', LOG_LEVEL: 'silent', STORE: `sqlite:${folder}/chat.db?sync=normal` })
    await terminalChat({ sandbox: server.sandbox!, channel, input, output: process.stdout })
    await server.stop()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 0
}
