import { Inflate } from 'fflate'
import { SheetError } from './table.ts'

/** What a workbook of this handbook can never need. */
export const unpackLimits = { bytes: 20 * 1024 * 1024, entries: 300 }

const notWorkbook = (why: string): SheetError => new SheetError(`Tệp này không đọc được như bảng tính .xlsx: ${why}. Mở bằng Excel hoặc LibreOffice rồi lưu lại kiểu .xlsx.`)
const tooBig = (): SheetError => new SheetError(`Bảng tính giải nén ra quá ${unpackLimits.bytes / 1024 / 1024} MB nên không đọc.`)

/**
 * The files of a zip archive by name, as its directory lists them. What comes out is counted while it comes, so that a
 * small file cannot fill the memory. Throws `SheetError` for what is no archive, too big, or has names that lead out of it.
 */
export function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  if (bytes.length > unpackLimits.bytes) throw tooBig()
  const files = new Map<string, Uint8Array>()
  let left = unpackLimits.bytes
  for (const entry of entriesOf(bytes)) {
    if (isOutside(entry.name)) throw new SheetError(`Trong bảng tính có tệp “${entry.name}” nằm ngoài thư mục của nó nên không đọc.`)
    if (entry.name.endsWith('/')) continue
    if (files.has(entry.name)) throw notWorkbook(`có hai tệp “${entry.name}”`)
    const file = inflated(entry, left)
    left -= file.length
    files.set(entry.name, file)
  }
  return files
}

const isOutside = (name: string): boolean => /^\/|^[A-Za-z]:|\\|\u0000/.test(name) || name.split('/').includes('..')

interface Entry { name: string; method: number; packed: Uint8Array }

/** By the directory at the archive's end (APPNOTE.TXT 4.3.12, 4.3.16). */
function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const end = endRecord(view)
    const count = view.getUint16(end + 10, true)
    if (count > unpackLimits.entries) throw new SheetError(`Bảng tính có ${count} tệp bên trong, quá ${unpackLimits.entries} nên không đọc.`)
    const entries: Entry[] = []
    let at = view.getUint32(end + 16, true)
    for (let index = 0; index < count; index++) {
      if (view.getUint32(at, true) !== 0x02014b50) throw notWorkbook('tệp bị hỏng')
      const nameLength = view.getUint16(at + 28, true)
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
        method: (view.getUint16(at + 8, true) & 1) === 1 ? encrypted : view.getUint16(at + 10, true),
        packed: packedAt(bytes, view, view.getUint32(at + 42, true), view.getUint32(at + 20, true)),
      })
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
    return entries
  } catch (error) {
    if (error instanceof RangeError) throw notWorkbook('tệp bị cắt ngang')
    throw error
  }
}

const encrypted = -1

function endRecord(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  throw notWorkbook('không phải tệp nén')
}

function packedAt(bytes: Uint8Array, view: DataView, header: number, size: number): Uint8Array {
  if (view.getUint32(header, true) !== 0x04034b50) throw notWorkbook('tệp bị hỏng')
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
  if (start + size > bytes.length) throw notWorkbook('tệp bị cắt ngang')
  return bytes.subarray(start, start + size)
}

/** A slice of this size unpacks to some 4 MB at most, the densest that deflate can be. */
const slice = 4096

function inflated({ name, method, packed }: Entry, limit: number): Uint8Array {
  if (method === encrypted) throw new SheetError('Bảng tính có mật khẩu nên không đọc được. Bỏ mật khẩu rồi lưu lại.')
  if (method !== 0 && method !== 8) throw notWorkbook(`tệp “${name}” nén theo kiểu lạ`)
  if (method === 0) {
    if (packed.length > limit) throw tooBig()
    return packed
  }
  const chunks: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((chunk) => {
    size += chunk.length
    if (size > limit) throw tooBig()
    chunks.push(chunk)
  })
  try {
    for (let at = 0; at < packed.length; at += slice) inflate.push(packed.subarray(at, at + slice), at + slice >= packed.length)
  } catch (error) {
    if (error instanceof SheetError) throw error
    throw notWorkbook('tệp bị hỏng')
  }
  return joined(chunks, size)
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
