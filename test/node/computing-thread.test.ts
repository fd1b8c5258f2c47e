import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { contentWork } from '../../src/console/content/work.ts'
import { papers } from '../../src/console/papers.ts'
import { openComputingThread } from '../../src/node/computing-thread.ts'
import { world, today } from '../content/support.ts'

let thread: ReturnType<typeof openComputingThread>
beforeEach(() => { thread = openComputingThread() })
afterEach(() => thread.stop())

const files = world()
const wrong = { ...files, flows: files.flows.map((one) => (one.name === 'main.yaml' ? { ...one, text: one.text.replace('start:', 'bat_dau:') } : one)) }

describe('long computing on a thread of its own', () => {
  it('says what the same work says here', async () => {
    expect(await thread.content.check(wrong, today)).toEqual(await contentWork.check(wrong, today))
    const asked = [{ id: '1', question: 'trồng lúa vụ nào', status: 'no_source_found', at: today }]
    expect(await thread.content.waiting(files, asked, today)).toEqual(await contentWork.waiting(files, asked, today))
    const bytes = await thread.content.workbook(files)
    expect(await thread.content.plan(files, 'bang.xlsx', bytes)).toMatchObject({ changes: [] })
    expect(await thread.content.plan(files, 'bang.xlsx', new Uint8Array([1, 2, 3]))).toEqual({ refused: expect.stringContaining('không đọc được') })
  }, 30_000)

  it('writes and reads documents as here', async () => {
    const form = await thread.papers.unitForm('UBND xã Bản Mẫu', [])
    expect(await thread.papers.readUnitForm(form, '2026-11-22')).toEqual(await papers.readUnitForm(form, '2026-11-22'))
  }, 30_000)

  it('keeps what was compiled for the next start', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'compiled-'))
    vi.stubEnv('TMPDIR', dir)
    vi.stubEnv('NODE_COMPILE_CACHE', undefined)
    await thread.content.check(files, today)
    expect(readdirSync(dir, { recursive: true }).length).toBeGreaterThan(50)
    vi.unstubAllEnvs()
    rmSync(dir, { recursive: true })
  }, 30_000)

  it('leaves this thread free meanwhile', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await thread.content.check(files, today)
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(10)
  }, 30_000)

  it('is given up when it is stopped, and begins anew', async () => {
    const under = thread.content.check(files, today)
    const ended = expect(under).rejects.toThrow('ended')
    await thread.stop()
    await ended
    expect(await thread.content.check(files, today)).toEqual(await contentWork.check(files, today))
  }, 30_000)
})
