/**
 * Pictures without what cameras and programs write beside them: place, time, device, names, thumbnails, a video after the end
 * (Exif, XMP, IPTC, comments). Kept is what the picture looks like: colours, and the way it is turned. Pure.
 */

/** Null where the bytes are no whole PNG or JPEG. Safe to call twice: the second time nothing is left to take. */
export function withoutMetadata(bytes: Uint8Array, type: 'image/png' | 'image/jpeg'): Uint8Array | null {
  try {
    return type === 'image/png' ? cleanPng(bytes) : cleanJpeg(bytes)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

// ── JPEG: segments of a marker and a length, then scans, to the first end of image ──

const marker = { start: 0xd8, end: 0xd9, scan: 0xda, app0: 0xe0, app1: 0xe1, app2: 0xe2, app14: 0xee, app15: 0xef, comment: 0xfe } as const

/** Throws `RangeError` where the bytes end too soon. */
function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes)
  const kept: Uint8Array[] = []
  let orientation = 1
  let scanned = false
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null
    // A marker may be preceded by any number of these.
    while (view.getUint8(at + 1) === 0xff) at++
    const kind = view.getUint8(at + 1)
    if (kind === marker.end) break
    if (kind < 0xc0 || kind === marker.start) return null
    const next = at + 2 + Math.max(2, view.getUint16(at + 2))
    const segment = slice(bytes, at, next)
    if (kind === marker.app1 && startsWith(segment, 4, 'Exif\0\0')) orientation = orientationIn(segment.subarray(10))
    if (isPicture(kind, segment)) kept.push(segment)
    at = next
    if (kind !== marker.scan) continue
    scanned = true
    const end = endOfScan(view, at)
    kept.push(slice(bytes, at, end))
    at = end
  }
  if (!scanned) return null
  const turned = orientation === 1 ? [] : [exifSegment(orientation)]
  const begins = kept.findIndex((segment) => segment[1] !== marker.app0)
  return joined([bytes.subarray(0, 2), ...kept.slice(0, begins), ...turned, ...kept.slice(begins), Uint8Array.of(0xff, marker.end)])
}

/** Of application segments only size, colour profile and colour transform belong to the picture. */
function isPicture(kind: number, segment: Uint8Array): boolean {
  if (kind === marker.app0) return startsWith(segment, 4, 'JFIF\0')
  if (kind === marker.app2) return startsWith(segment, 4, 'ICC_PROFILE\0')
  if (kind === marker.app14) return startsWith(segment, 4, 'Adobe')
  return kind !== marker.comment && (kind < marker.app0 || kind > marker.app15)
}

/** At the first marker that is neither a stuffed byte nor a restart. */
function endOfScan(view: DataView, from: number): number {
  for (let at = from; ; at++) {
    if (view.getUint8(at) !== 0xff) continue
    const next = view.getUint8(at + 1)
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
}

function exifSegment(orientation: number): Uint8Array {
  const tiff = tiffOf(orientation)
  return joined([Uint8Array.of(0xff, marker.app1, 0, 2 + 6 + tiff.length), letters('Exif\0\0'), tiff])
}

// ── PNG: chunks of a length, a name and a checksum ──

/** Pixels, their colours, transparency and size, and frames. */
const chunksOfPicture: ReadonlySet<string> = new Set([
  'IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'bKGD', 'hIST', 'pHYs', 'acTL', 'fcTL', 'fdAT',
])

/** Throws `RangeError` where the bytes end too soon. */
function cleanPng(bytes: Uint8Array): Uint8Array | null {
  const view = viewOf(bytes)
  const kept: Uint8Array[] = []
  let orientation = 1
  for (let at = 8, name = ''; name !== 'IEND';) {
    const next = at + 12 + view.getUint32(at)
    const chunk = slice(bytes, at, next)
    name = String.fromCharCode(...chunk.subarray(4, 8))
    if (kept.length === 0 && name !== 'IHDR') return null
    if (name === 'eXIf') orientation = orientationIn(chunk.subarray(8, -4))
    if (chunksOfPicture.has(name)) kept.push(chunk)
    at = next
  }
  const [head, ...rest] = kept
  return joined([bytes.subarray(0, 8), head!, ...(orientation === 1 ? [] : [exifChunk(orientation)]), ...rest])
}

function exifChunk(orientation: number): Uint8Array {
  const tiff = tiffOf(orientation)
  const named = joined([letters('eXIf'), tiff])
  return joined([bigEndian(tiff.length), named, bigEndian(checksum(named))])
}

/** CRC-32, as PNG has it. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1))
  }
  return ~sum >>> 0
}

// ── Exif: a TIFF directory, of which one entry says how the picture is turned ──

const orientationTag = 0x0112

/** 1 to 8; 1, upright, where nothing readable says otherwise. */
function orientationIn(tiff: Uint8Array): number {
  try {
    const view = viewOf(tiff)
    const little = startsWith(tiff, 0, 'II')
    const directory = view.getUint32(4, little)
    const entries = view.getUint16(directory, little)
    for (let at = directory + 2; at < directory + 2 + entries * 12; at += 12) {
      if (view.getUint16(at, little) !== orientationTag) continue
      const value = view.getUint16(at + 8, little)
      return value >= 1 && value <= 8 ? value : 1
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return 1
}

/** Big-endian, one directory at 8 with one entry: a short. */
const tiffOf = (orientation: number): Uint8Array =>
  joined([letters('MM\0*'), bigEndian(8), Uint8Array.of(0, 1, 0x01, 0x12, 0, 3), bigEndian(1), Uint8Array.of(0, orientation, 0, 0), bigEndian(0)])

// ── Bytes ──

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView => new DataView(buffer, byteOffset, byteLength)

function slice(bytes: Uint8Array, from: number, to: number): Uint8Array {
  if (to > bytes.length) throw new RangeError('cut off')
  return bytes.subarray(from, to)
}

const letters = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const startsWith = (bytes: Uint8Array, at: number, text: string): boolean => letters(text).every((letter, index) => bytes[at + index] === letter)
const bigEndian = (number: number): Uint8Array => Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number)

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
