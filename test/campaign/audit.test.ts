import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chained, chainStart, type AuditEntry } from '../../src/campaign/audit.ts'
import type { AuditLine } from '../../src/core/campaign.ts'
import { verifyAudit } from '../support/verify-audit.ts'

const entry = (n: number): AuditEntry => ({
  at: 1_800_000_000_000 + n, who: 'Lan', via: 'cli', why: `lý do ${n}`, action: 'edit', campaign: 'dot-thu', before: n === 0 ? null : 'draft', after: 'draft', approval: null,
})
function log(length: number): AuditLine[] {
  const lines: AuditLine[] = []
  for (let n = 0; n < length; n++) lines.push(chained(lines.at(-1) ?? chainStart, entry(n)))
  return lines
}

describe('the audit log', () => {
  it('is found whole, with its head', () => {
    const lines = log(5)
    expect(verifyAudit(lines)).toEqual({ ok: true, lines: 5, head: lines[4]!.hash })
    expect(verifyAudit([])).toEqual({ ok: true, lines: 0, head: chainStart.hash })
  })

  it('keeps numbers and addresses of people out of the reasons, and dates in', () => {
    expect(chained(chainStart, { ...entry(0), why: 'Chị Mẫu 0912 345 678, mau@vidu.vn phản ánh ngày 10/10/2026 về 45 lượt' }).why).toBe('Chị Mẫu [số], [e-mail] phản ánh ngày 10/10/2026 về 45 lượt')
  })

  it('survives being stored as JSON', () => expect(verifyAudit(JSON.parse(JSON.stringify(log(3))) as AuditLine[])).toMatchObject({ ok: true }))

  const fields = Object.keys(log(2)[1]!).filter((key) => key !== 'hash') as (keyof AuditLine)[]
  it.each(fields)('names the first line whose %s was altered', (field) => {
    const lines = log(6)
    const value = lines[3]![field]
    lines[3] = { ...lines[3]!, [field]: typeof value === 'number' ? value + 1 : `${value ?? ''}x` } as AuditLine
    expect(verifyAudit(lines)).toMatchObject({ ok: false, seq: 4 })
  })

  it('names the line after one that was altered with its own hash made anew', () => {
    const lines = log(6)
    lines[3] = chained(lines[2]!, { ...entry(3), why: 'sửa lén' })
    expect(verifyAudit(lines)).toEqual({ ok: false, seq: 5, what: 'dòng không nối với dòng trước' })
  })

  it('finds every line taken out, put in or swapped', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 20 }), fc.nat(), fc.constantFrom('out', 'double', 'swap'), (length, at, how) => {
      const lines = log(length)
      const index = at % (length - 1)
      if (how === 'out') lines.splice(index, 1)
      else if (how === 'double') lines.splice(index, 0, lines[index]!)
      else [lines[index], lines[index + 1]] = [lines[index + 1]!, lines[index]!]
      const checked = verifyAudit(lines)
      expect(checked).toMatchObject({ ok: false })
      expect((checked as { seq: number }).seq).toBe(how === 'double' ? index + 2 : index + 1)
    }))
  })

  it('finds a cut tail by a head noted before, and passes a log that has grown since', () => {
    const lines = log(6)
    const head = lines[3]!.hash
    expect(verifyAudit(lines.slice(0, 3))).toMatchObject({ ok: true })
    expect(verifyAudit(lines.slice(0, 3), head)).toEqual({ ok: false, seq: 4, what: expect.stringContaining('cắt cuối') })
    expect(verifyAudit(lines.slice(0, 4), head)).toMatchObject({ ok: true })
    expect(verifyAudit(lines, head)).toMatchObject({ ok: true, lines: 6 })
  })

  it('finds a log written anew from the start', () => {
    const anew: AuditLine[] = []
    for (const line of log(6)) anew.push(chained(anew.at(-1) ?? chainStart, { ...line, who: 'Kẻ khác' }))
    expect(verifyAudit(anew, log(6)[5]!.hash)).toMatchObject({ ok: false })
  })
})
