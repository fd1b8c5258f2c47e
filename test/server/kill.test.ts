import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../src/node/port.ts'
import { postText, ZaloFarSide, zaloSettings } from '../support/platform-server.ts'
import { startProcess, type ServerProcess } from '../support/server-process.ts'

// The words of the citizen come back in the reply, so that each reply shows which message it answers.
const echo = `
id: main
title: Nhắc lại
start: loop
steps:
  loop:
    ask: "Nghe rõ: {{text}}"
    otherwise: loop
    choices:
      - title: Gặp cán bộ
        handover: true
`

let folder: string
let far: ZaloFarSide
let server: ServerProcess | null = null
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-kill-'))
  for (const name of ['flows', 'content']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'flows', 'main.yaml'), echo.trimStart())
  far = new ZaloFarSide()
  await far.listen()
})
afterEach(async () => {
  server?.child.kill('SIGKILL')
  await server?.ended
  far.close()
  rmSync(folder, { recursive: true, force: true })
})

const heard = (userId: string): string[] => far.sent.filter((sent) => sent.userId === userId).flatMap(({ text }) => /Nghe rõ: (\S+)/.exec(text)?.[1] ?? [])

describe.each([['sqlite:', (at: string) => `sqlite:${at}/camnang.db`], ['file:', (at: string) => `file:${at}/data`]])('a server on %s killed with kill -9', (_, storeIn) => {
  it('again and again answers every acknowledged message, in order, none handled twice, and leaks nothing', async () => {
    const port = await freePort()
    const env = {
      ...zaloSettings, ZALO_API_URL: far.origin, ZALO_OAUTH_URL: far.origin, PORT: String(port), STORE: storeIn(folder),
      FLOWS_DIR: join(folder, 'flows'), CONTENT_DIR: join(folder, 'content'), FLOOD_PER_MINUTE: '0', LOG_LEVEL: 'info',
    }
    far.delay = 3
    const people = Array.from({ length: 12 }, (_, person) => `90071992547409930${String(person).padStart(2, '0')}`)
    const acknowledged = new Map<string, string[]>(people.map((person) => [person, []]))
    let output = ''
    let kills = 0
    let at = Date.now()
    for (let life = 0; life < 5; life++) {
      server = await startProcess(env)
      const { url, child, ended } = server
      const sends = people.map(async (person) => {
        for (let message = 0; message < 12; message++) {
          const name = `${life}-${message}`
          if ((await postText(url, person, name, `${person.slice(-2)}-${name}`, at++)) === 200) acknowledged.get(person)!.push(name)
        }
      })
      if (life < 4) {
        await far.until(() => far.sent.length > 20 + life * 40)
        child.kill('SIGKILL')
        kills++
      }
      await Promise.all(sends)
      if (life < 4) {
        await ended
        output += server.output()
      }
    }
    const answered = (): boolean => people.every((person) => {
      const got = new Set(heard(person))
      return acknowledged.get(person)!.every((name) => got.has(name))
    })
    await far.until(answered, 40_000)
    const running = server!
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(0)
    output += running.output()

    let repeats = 0
    for (const person of people) {
      const texts = heard(person)
      const once = [...new Set(texts)]
      repeats += texts.length - once.length
      expect(once.filter((name) => acknowledged.get(person)!.includes(name))).toEqual(acknowledged.get(person))
      // A reply may repeat only right after itself: the kill fell between "sent" and "noted".
      expect(texts.filter((name, index) => name !== texts[index - 1])).toEqual(once)
    }
    expect(repeats).toBeLessThanOrEqual(kills * people.length)
    for (const secret of [...Object.values(zaloSettings).filter((value) => value.startsWith('canary')), 'Nghe rõ', ...people]) expect(output).not.toContain(secret)
  }, 120_000)
})
