import type { Media } from '../core/message.ts'
import { sha256 } from './canonical.ts'

/** What an uploaded file is, told by its bytes: names and the media type a browser claims are not believed. */
export interface Attachment {
  kind: Media['kind']
  /** Media type. */
  type: string
  /** The name it is kept under: from its bytes, so that a person's file name never reaches a disk or an address. */
  name: string
  bytes: number
  sha256: string
}

interface Signature { kind: Media['kind']; type: string; ending: string; is(bytes: Uint8Array): boolean }

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))
const begins = (...expected: number[]) => (bytes: Uint8Array): boolean => expected.every((byte, index) => bytes[index] === byte)
/** ISO media files name their brand after `ftyp`. */
const brand = (pattern: RegExp) => (bytes: Uint8Array): boolean => ascii(bytes, 4, 8) === 'ftyp' && pattern.test(ascii(bytes, 8, 12))

const signatures: readonly Signature[] = [
  { kind: 'image', type: 'image/png', ending: 'png', is: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { kind: 'image', type: 'image/jpeg', ending: 'jpg', is: begins(0xff, 0xd8, 0xff) },
  { kind: 'image', type: 'image/gif', ending: 'gif', is: (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)) },
  { kind: 'image', type: 'image/webp', ending: 'webp', is: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP' },
  { kind: 'file', type: 'application/pdf', ending: 'pdf', is: (bytes) => ascii(bytes, 0, 5) === '%PDF-' },
  { kind: 'audio', type: 'audio/mp4', ending: 'm4a', is: brand(/^M4A /) },
  { kind: 'video', type: 'video/mp4', ending: 'mp4', is: brand(/^(isom|iso[2-6]|mp4[12]|avc1|M4V |MSNV|dash)$/) },
  { kind: 'audio', type: 'audio/mpeg', ending: 'mp3', is: (bytes) => ascii(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && (bytes[1]! & 0xe6) === 0xe2) },
  { kind: 'audio', type: 'audio/ogg', ending: 'ogg', is: begins(0x4f, 0x67, 0x67, 0x53) },
]

const taken = 'PNG, JPG, GIF, WEBP, PDF, MP3, M4A, OGG, MP4'

/** `wanted`: what it is uploaded as; null: anything that is taken. SVG is not: it can carry programs. */
export function inspectAttachment(bytes: Uint8Array, wanted: Media['kind'] | null = null): { attachment: Attachment } | { refused: string } {
  if (bytes.length === 0) return { refused: 'tệp rỗng; chọn lại tệp' }
  const found = signatures.find(({ is }) => is(bytes))
  if (found === undefined) return { refused: `không nhận ra loại tệp này; chỉ nhận ${taken}` }
  if (wanted !== null && found.kind !== wanted && wanted !== 'file') return { refused: `tệp này là ${found.ending.toUpperCase()}, không phải ${kindNames[wanted]}` }
  const hash = sha256(bytes)
  return { attachment: { kind: found.kind, type: found.type, name: `${hash.slice(0, 32)}.${found.ending}`, bytes: bytes.length, sha256: hash } }
}

/** A file in the content folder as a campaign knows it: by its bytes, whatever its name says. */
export type Fingerprint = Pick<Attachment, 'type' | 'bytes' | 'sha256'>

/** Of any bytes; `application/octet-stream` where they are of no type that is taken. */
export function fingerprint(bytes: Uint8Array): Fingerprint {
  const found = signatures.find(({ is }) => is(bytes))
  return { type: found?.type ?? 'application/octet-stream', bytes: bytes.length, sha256: sha256(bytes) }
}

export const kindNames: Readonly<Record<Media['kind'], string>> = { image: 'ảnh', audio: 'âm thanh', video: 'video', file: 'tài liệu' }
