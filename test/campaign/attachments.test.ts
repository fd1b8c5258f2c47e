import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, inspectAttachment } from '../../src/campaign/attachments.ts'
import { sha256 } from '../../src/campaign/canonical.ts'
import { withoutMetadata } from '../../src/campaign/picture-metadata.ts'
import { readBytes } from './world.ts'

const bytes = (...parts: (string | number[])[]): Uint8Array => new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part)))
const known: [string, Uint8Array, string, string][] = [
  ['PNG', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'image/png', 'png'],
  ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg', 'jpg'],
  ['GIF', bytes('GIF89a'), 'image/gif', 'gif'],
  ['WEBP', bytes('RIFF', [0, 0, 0, 0], 'WEBP'), 'image/webp', 'webp'],
  ['PDF', bytes('%PDF-1.7'), 'application/pdf', 'pdf'],
  ['MP3 with tags', bytes('ID3', [4]), 'audio/mpeg', 'mp3'],
  ['MP3 without', bytes([0xff, 0xfb, 0x90]), 'audio/mpeg', 'mp3'],
  ['M4A', bytes([0, 0, 0, 32], 'ftypM4A '), 'audio/mp4', 'm4a'],
  ['OGG', bytes('OggS'), 'audio/ogg', 'ogg'],
  ['MP4', bytes([0, 0, 0, 32], 'ftypisom'), 'video/mp4', 'mp4'],
]

describe('an uploaded file', () => {
  it.each(known)('%s is known by its bytes and named by them', (_, content, type, ending) => {
    expect(inspectAttachment(content)).toEqual({ attachment: expect.objectContaining({ type, bytes: content.length, sha256: sha256(content), name: `${sha256(content).slice(0, 32)}.${ending}` }) })
  })

  it('of the project itself is what its name says', () => {
    expect(inspectAttachment(readBytes('content/assets/khung-anh-1010-mau.png'), 'image')).toMatchObject({ attachment: { kind: 'image', type: 'image/png' } })
  })

  it.each([
    ['a web page', bytes('<!doctype html><script>'), null],
    ['a drawing that can carry programs', bytes('<svg xmlns="http://www.w3.org/2000/svg">'), 'image'],
    ['a program', bytes('MZ', [0x90]), 'file'],
    ['nothing', bytes(), null],
    ['a PDF as a picture', bytes('%PDF-1.7'), 'image'],
    ['a picture as a sound', bytes('GIF89a'), 'audio'],
  ] as const)('that is %s is refused', (_, content, wanted) => expect(inspectAttachment(content, wanted)).toEqual({ refused: expect.stringMatching(/\S/) }))

  it('in the content folder is what its bytes say, also where they say nothing that is known', () => {
    expect(fingerprint(bytes('%PDF-1.7'))).toEqual({ type: 'application/pdf', bytes: 8, sha256: sha256(bytes('%PDF-1.7')) })
    expect(fingerprint(bytes('<svg xmlns="http://www.w3.org/2000/svg">')).type).toBe('application/octet-stream')
  })

  it('may be a picture where a paper is asked for', () => expect(inspectAttachment(bytes('GIF89a'), 'file')).toMatchObject({ attachment: { kind: 'image' } }))

  it('whatever it holds ends in a verdict, and its name never leaves its folder', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (content) => {
      const told = inspectAttachment(content)
      if ('attachment' in told) expect(told.attachment.name).toMatch(/^[0-9a-f]{32}\.[a-z0-9]{3,4}$/)
    }))
  })
})

describe('a picture that is kept', () => {
  const [place, name] = ['GPS 21.0278N 105.8342E', 'Nguyễn Văn A'].map((text) => [...new TextEncoder().encode(text)]) as [number[], number[]]
  const two = (number: number): number[] => [number >> 8, number & 255]
  const segment = (marker: number, ...parts: (string | number[])[]): number[] => {
    const body = [...bytes(...parts)]
    return [0xff, marker, ...two(body.length + 2), ...body]
  }
  const chunk = (kind: string, body: number[] = []): number[] => {
    const named = [...bytes(kind, body)]
    const sum = crc32(Uint8Array.from(named))
    return [0, 0, ...two(body.length), ...named, ...two(sum >>> 16), ...two(sum & 0xffff)]
  }
  /** As a telephone writes it: a directory in its own byte order with the way it is turned, then what must not be told. */
  const tiff = (orientation: number): number[] => [...bytes('II*\0', [8, 0, 0, 0, 2, 0, 0x0f, 1, 2, 0, 4, 0, 0, 0], 'Nok\0', [0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0], place)]
  const turned = (orientation: number): number[] => [...bytes('MM\0*', [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0])]
  const [jfif, profile, adobe, tables] = [segment(0xe0, 'JFIF\0', [1, 2]), segment(0xe2, 'ICC_PROFILE\0', [1, 1, 9]), segment(0xee, 'Adobe', [0, 100]), segment(0xdb, [1, 2, 3])]
  const scan = [...segment(0xda, [1, 1, 0]), 7, 0xff, 0, 8, 0xff, 0xd3, 9]
  const jpeg = (...segments: number[][]): Uint8Array => bytes([0xff, 0xd8], ...segments, [0xff, 0xd9])
  const png = (...chunks: number[][]): Uint8Array => bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], ...chunks)
  const [head, pixels, end] = [chunk('IHDR', [0, 0, 0, 1]), chunk('IDAT', [1, 2]), chunk('IEND')]

  it.each([
    ['a JPEG from a telephone, with a video after its end', 'image/jpeg', bytes([...jpeg(
      jfif, segment(0xe0, 'JFXX\0', place), segment(0xe1, 'Exif\0\0', tiff(6)), segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', name), profile, segment(0xe2, 'MPF\0', place), segment(0xed, 'Photoshop 3.0\0', name), adobe, segment(0xfe, name), tables, scan, segment(0xe1, place), tables, scan,
    )], 'ftypmp42', place), jpeg(jfif, segment(0xe1, 'Exif\0\0', turned(6)), profile, adobe, tables, scan, tables, scan)],
    ['a JPEG that stands upright', 'image/jpeg', jpeg(segment(0xe1, 'Exif\0\0', tiff(1)), tables, scan), jpeg(tables, scan)],
    ['a JPEG with Exif that cannot be read', 'image/jpeg', jpeg(jfif, segment(0xe1, 'Exif\0\0', 'MM\0*', [0xff, 0xff, 0xff, 0xff]), tables, scan), jpeg(jfif, tables, scan)],
    ['a PNG', 'image/png', png(head, chunk('eXIf', tiff(8)), chunk('tEXt', name), chunk('iCCP', [5]), chunk('iTXt', place), chunk('tIME', [1]), pixels, end, place), png(head, chunk('eXIf', turned(8)), chunk('iCCP', [5]), pixels, end)],
    ['a PNG of this project', 'image/png', readBytes('content/assets/khung-anh-1010-mau.png'), readBytes('content/assets/khung-anh-1010-mau.png')],
  ] as const)('tells nothing but how it looks: %s', (_, type, before, after) => {
    const kept = withoutMetadata(before, type)
    expect(kept).toEqual(new Uint8Array(after))
    expect(withoutMetadata(kept!, type)).toEqual(kept)
  })

  it('is whole: cut off anywhere it is none, and nothing in it stops the program', () => {
    for (const [whole, type] of [[jpeg(jfif, segment(0xe1, 'Exif\0\0', tiff(6)), tables, scan), 'image/jpeg'], [png(head, chunk('eXIf', tiff(8)), pixels, end), 'image/png']] as const) {
      for (let length = 0; length < whole.length; length++) expect(withoutMetadata(whole.subarray(0, length), type)).toBeNull()
      fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const kept = withoutMetadata(whole.with(at, value), type)
        expect(kept === null || kept.length <= whole.length + 30).toBe(true)
      }))
    }
  })
})
