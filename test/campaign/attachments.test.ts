import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectAttachment } from '../../src/campaign/attachments.ts'
import { sha256 } from '../../src/campaign/canonical.ts'
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

  it('may be a picture where a paper is asked for', () => expect(inspectAttachment(bytes('GIF89a'), 'file')).toMatchObject({ attachment: { kind: 'image' } }))

  it('whatever it holds ends in a verdict, and its name never leaves its folder', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (content) => {
      const told = inspectAttachment(content)
      if ('attachment' in told) expect(told.attachment.name).toMatch(/^[0-9a-f]{32}\.[a-z0-9]{3,4}$/)
    }))
  })
})
