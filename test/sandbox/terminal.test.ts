import { PassThrough, Readable } from 'node:stream'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChannelName } from '../../src/core/contact.ts'
import { silentLog } from '../../src/core/ports.ts'
import { terminalChat } from '../../src/sandbox/terminal.ts'
import { startServer, type RunningServer } from '../../src/server.ts'

let folder: string
let server: RunningServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-terminal-'))
  server = await startServer({ SANDBOX: '1', PORT: '0', STORE: `sqlite:${folder}/chat.db?sync=normal` }, { log: silentLog })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function chat(channel: ChannelName, ...lines: string[]): Promise<string> {
  const output = new PassThrough()
  let shown = ''
  output.on('data', (chunk) => (shown += String(chunk)))
  await terminalChat({ sandbox: server.sandbox!, channel, input: Readable.from(lines.map((line) => `${line}\n`)), output })
  return shown
}

it('a conversation: greeting, a button by its number, an answer with its source', async () => {
  const shown = await chat('zalo', 'chào', 'menu', '/nut 1', 'quen mat khau vneid')
  expect(shown).toContain('máy, không phải người')
  expect(shown).toMatch(/ {2}\[1\] .+\n {2}\[2\] /)
  expect(shown).toContain('Nguồn:')
  expect(shown.indexOf('[1]')).toBeLessThan(shown.indexOf('Nguồn:'))
})

it('a leaflet leads to its subject, staff take over', async () => {
  const shown = await chat('facebook', '/qr vneid', '/cb Chào bác, cháu là cán bộ trực ạ.')
  expect(shown).toContain('VNeID')
  expect(shown).toContain('cán bộ: Chào bác, cháu là cán bộ trực ạ.')
})

it('says what a channel does not tell, what is no button, and ends when asked', async () => {
  const shown = await chat('telegram', '/quan-tam', '/nut 9', '/giup', '/thoat', 'không còn ai nghe')
  expect(shown).toContain('Kênh này không báo việc ấy cho máy chủ.')
  expect(shown).toContain('Không có nút số ấy để bấm.')
  expect(shown).toContain('/thoat')
  expect(shown).not.toContain('trợ lý:')
})
