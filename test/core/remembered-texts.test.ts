import { describe, expect, it } from 'vitest'
import { rememberedIfShort } from '../../src/core/remembered-texts.ts'

function counted(): { read: (text: string) => string | null; asked: string[] } {
  const asked: string[] = []
  return { asked, read: rememberedIfShort((text) => { asked.push(text); return text === 'không' ? null : text.toUpperCase() }) }
}

describe('what is said of short texts', () => {
  it('is asked for once, also where it is null', () => {
    const { read, asked } = counted()
    expect(['menu', 'menu', 'không', 'không', '1', '1'].map(read)).toEqual(['MENU', 'MENU', null, null, '1', '1'])
    expect(asked).toEqual(['menu', 'không', '1'])
  })

  it('is not kept of longer texts, nor of numbers that may be somebody\'s', () => {
    const { read, asked } = counted()
    for (const text of ['gặp cán bộ', 'gặp cán bộ', '0912', '0912']) expect(read(text)).toBe(text.toUpperCase())
    expect(asked).toHaveLength(4)
  })

  it('stays bounded', () => {
    const { read, asked } = counted()
    const words = Array.from({ length: 600 }, (_, n) => `từ ${String.fromCharCode(97 + (n % 26))}${String.fromCharCode(97 + Math.floor(n / 26))}`)
    for (const word of words) read(word)
    read(words[0]!)
    read(words.at(-1)!)
    expect(asked).toHaveLength(601)
  })
})
