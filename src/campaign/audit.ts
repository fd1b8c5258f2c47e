import type { AuditLine } from '../core/campaign.ts'
import { withoutContacts } from '../core/mask.ts'
import { canonicalJson, sha256 } from './canonical.ts'

/** The audit log: one chain over all campaigns, each line carrying the hash of the line before. */

/** What a line says, before it has its place in the chain. */
export type AuditEntry = Omit<AuditLine, 'seq' | 'previous' | 'hash'>

/** Before the first line. */
export const chainStart = { seq: 0, hash: '0'.repeat(64) } as const

/** The next line. `head`: the last line there is, or `chainStart`. Numbers and addresses of people are taken out of the reason. */
export function chained(head: Pick<AuditLine, 'seq' | 'hash'>, entry: AuditEntry): AuditLine {
  const line = { ...entry, why: withoutContacts(entry.why), seq: head.seq + 1, previous: head.hash }
  return { ...line, hash: hashOf(line) }
}

const hashOf = ({ hash: _, ...line }: Omit<AuditLine, 'hash'> & { hash?: string }): string => sha256(canonicalJson(line))

export type AuditCheck =
  | { ok: true; lines: number; head: string }
  /** `seq`: the first line that is not as it was written, from 1. */
  | { ok: false; seq: number; what: string }

/** Reads the chain line by line, in the order of writing. `start`: what the first line follows, where retention took those before it. */
export function createAuditCheck(expectHead: string | null, start: Pick<AuditLine, 'seq' | 'hash'> = chainStart): { add(line: AuditLine): void; result(): AuditCheck } {
  let head: Pick<AuditLine, 'seq' | 'hash'> = start
  let fault: Extract<AuditCheck, { ok: false }> | null = null
  let found = expectHead === null || expectHead === start.hash || expectHead === chainStart.hash
  return {
    add(line) {
      if (fault !== null) return
      const what = faultOf(head, line)
      if (what !== null) fault = { ok: false, seq: head.seq + 1, what }
      else {
        head = line
        found ||= line.hash === expectHead
      }
    },
    result() {
      if (fault !== null) return fault
      if (!found) return { ok: false, seq: head.seq + 1, what: 'nhật ký bị cắt cuối, hoặc là nhật ký khác: không có dòng nào mang mã đã ghi lại trước đây' }
      return { ok: true, lines: head.seq, head: head.hash }
    },
  }
}

function faultOf(head: Pick<AuditLine, 'seq' | 'hash'>, line: AuditLine): string | null {
  if (line.seq !== head.seq + 1) return `thiếu dòng: sau dòng ${head.seq} là dòng ${line.seq}`
  if (line.previous !== head.hash) return 'dòng không nối với dòng trước'
  return line.hash === hashOf(line) ? null : 'nội dung dòng đã bị sửa'
}
