import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/campaign/engine.ts'
import { campaign } from '../../src/commands/campaign.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import { DAY, vietnamDay } from '../../src/core/time.ts'
import { openStore } from '../../src/store/open.ts'
import { by } from '../campaign/running.ts'
import { readCampaign } from '../campaign/support.ts'
import { compose, rules } from '../campaign/world.ts'
import { standardSettings } from '../support/campaign-settings.ts'

let folder: string
let env: Record<string, string>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'camnang-campaign-command-'))
  const content = join(folder, 'content')
  cpSync('content', content, { recursive: true, filter: (from) => !/campaigns\/ngay-|\/assets\/.*\.(mp3|mp4|m4a|png|jpg)$/.test(from) })
  mkdirSync(join(content, 'campaigns'), { recursive: true })
  const day = vietnamDay(Date.now() + DAY)
  writeFileSync(join(content, 'campaigns', 'dot-thu.yaml'), `id: dot-thu
name: Đợt thử
purpose: Thử máy
period: { from: ${day}, to: ${day} }
posts:
  - { id: mo-dau, title: Mở đầu, time: ${day} 09:00, message: { text: Chào bà con. }, means: { telegram: direct } }
`)
  env = { STORE: `sqlite:${folder}/c.db`, CONTENT_DIR: content, SANDBOX: '1' }
  const store = await openStore(env['STORE']!, { role: 'tool', now: Date.now(), waitingLimit: 200, keysKept: 30 * DAY })
  const book = createStaffBook(store, { N: 2, r: 1, p: 1 })
  for (const [name, role] of [['Lan', 'editor'], ['Minh', 'approver']] as const) await book.add(name, role, 'x', Date.now())
  await store.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Exit code, what was printed, and it as JSON. */
async function run(...args: string[]) {
  const [out, errors]: string[][] = [[], []]
  const code = await campaign(args, { env, input: Readable.from([]), out: (line) => void out!.push(line), error: (line) => void errors!.push(line) })
  return { code, out: out!.join('\n'), errors: errors!.join('\n'), json: () => JSON.parse(out!.join('\n')) }
}

describe('campaign commands', () => {
  it('say so where there is nothing to list', async () => {
    expect(await run('list')).toMatchObject({ code: 0, out: expect.stringMatching(/^Kho dữ liệu chưa có đợt nào\. .*campaign submit MÃ$/) })
    expect(await run('phones')).toMatchObject({ code: 0, out: 'Chưa có điện thoại nào: campaign phones add MÃ_NGƯỜI_NHẮN TÊN' })
    expect((await run('list', '--json')).json()).toEqual([])
  })

  it('lead from a file to an approval by a second person, with a log of both', async () => {
    expect(await run('check', 'dot-thu')).toMatchObject({ code: 0 })
    expect((await run('plan', 'dot-thu', '--json')).json()).toMatchObject({ status: 'draft', posts: [{ id: 'mo-dau', counts: { planned: 0, queued: 0, sending: 0, sent: 0, failed: 0, uncertain: 0, skipped: 0 }, skippedBy: {}, failedBy: {} }] })
    expect((await run('submit', 'dot-thu', '--as', 'Lan', '--json')).json()).toEqual({ id: 'dot-thu', status: 'submitted', approval: null })
    expect(await run('approve', 'dot-thu', '--as', 'Lan')).toMatchObject({ code: 1, errors: expect.stringContaining('biên tập viên không được duyệt') })
    expect((await run('approve', 'dot-thu', '--as', 'Minh', '--json')).json()).toMatchObject({ status: 'approved', approval: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await run('status', 'dot-thu', '--json')).json()).toEqual({ status: 'approved', posts: [{ id: 'mo-dau', counts: { planned: 0, queued: 0, sending: 0, sent: 0, failed: 0, uncertain: 0, skipped: 0 }, skippedBy: {}, failedBy: {} }] })
    const audit = (await run('audit', 'dot-thu', '--json')).json()
    expect(audit).toMatchObject({ ok: true, lines: [{ who: 'Lan', action: 'edit', via: 'cli' }, { who: 'Lan', action: 'submit' }, { who: 'Minh', action: 'approve' }] })
    expect(await run('audit', '--expect', audit.head)).toMatchObject({ code: 0 })
    expect(await run('audit', '--expect', 'f'.repeat(64))).toMatchObject({ code: 1 })
  })

  it('refuse whom nobody knows, approval where it belongs to the console, and what is not there', async () => {
    await expect(run('submit', 'dot-thu', '--as', 'Người Lạ')).rejects.toThrow('Người Lạ')
    await run('submit', 'dot-thu', '--as', 'Lan')
    env['APPROVE_VIA'] = 'console'
    expect(await run('approve', 'dot-thu', '--as', 'Minh')).toMatchObject({ code: 1, errors: expect.stringContaining('APPROVE_VIA') })
    expect(await run('status', 'khong-co')).toMatchObject({ code: 1 })
    await expect(run('approve')).rejects.toThrow('Cách dùng')
  })

  it('make an approval void by a change of the file, and say what was changed back as a file', async () => {
    await run('submit', 'dot-thu', '--as', 'Lan')
    await run('approve', 'dot-thu', '--as', 'Minh')
    const file = join(env['CONTENT_DIR']!, 'campaigns', 'dot-thu.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('Chào bà con.', 'Chào cả nhà.'))
    expect((await run('submit', 'dot-thu', '--as', 'Lan', '--json')).json()).toEqual({ id: 'dot-thu', status: 'submitted', approval: null })
    expect((await run('export', 'dot-thu')).out).toContain('Chào cả nhà.')
    expect((await run('cancel', 'dot-thu', '--as', 'Minh', '--why', 'thôi', '--json')).json()).toMatchObject({ status: 'cancelled' })
  })

  it('do not put an old file in place of what was written on the staff pages, and tell of what was handed in', async () => {
    await run('submit', 'dot-thu', '--as', 'Lan')
    const file = join(env['CONTENT_DIR']!, 'campaigns', 'dot-thu.yaml')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('id: mo-dau', 'id: bai-khac'))
    expect((await run('plan', 'dot-thu', '--json')).json()).toMatchObject({ posts: [{ id: 'mo-dau' }] })
    const store = await openStore(env['STORE']!, { role: 'tool', now: Date.now(), waitingLimit: 200, keysKept: 30 * DAY })
    const ports = { store, world: async () => ({ compose: compose(), rules }), settings: standardSettings, accounts: [], now: Date.now }
    expect(await createEngine(ports).draft(readCampaign(text.replace('Chào bà con', 'Lời mới')), by('Lan', 'editor'))).toHaveProperty('done')
    await store.close()
    expect(await run('submit', 'dot-thu', '--as', 'Lan')).toMatchObject({ code: 1, errors: expect.stringContaining('campaign export dot-thu') })
    expect(await run('submit', 'dot-thu', '--as', 'Lan', '--overwrite')).toMatchObject({ code: 0 })
  })

  it('write a report as a workbook', async () => {
    await run('submit', 'dot-thu', '--as', 'Lan')
    const file = join(folder, 'bao-cao.xlsx')
    expect(await run('report', 'dot-thu', '--xlsx', file)).toMatchObject({ code: 0 })
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK')
    expect(await run('report', 'dot-thu', '--xlsx', file)).toMatchObject({ code: 1, errors: expect.stringContaining('Đã có tệp') })
    for (const wrong of [['--from', '2026-13-01', '--to', '2026-12-01'], ['--from', '2026-12-02', '--to', '2026-12-01'], ['--from', '2026-12-01'], ['--preset', 'month'], ['--preset', 'ad_hoc']]) {
      await expect(run('report', 'dot-thu', ...wrong), wrong.join(' ')).rejects.toThrow(/--|Ngày/)
    }
    expect((await run('report', '--preset', 'year', '--json')).json()).toMatchObject({ totals: { sent: 0 } })
  })
})
