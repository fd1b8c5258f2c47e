import { isFixed, onceFor } from '../core/fixed.ts'
import { remembered } from '../core/remembered-texts.ts'

/** From this length on, in UTF-16 units, looking a text up is cheaper than writing it again. */
const long = 64

/**
 * `JSON.stringify` of plain data, as UTF-8. Most of a reply is the same for everybody: what is frozen, and long texts, are
 * written once and copied from then on, which takes less than half the time.
 */
export function jsonBody(body: object): Uint8Array {
  const pieces: Uint8Array[] = []
  let text = ''
  const put = (written: Uint8Array): void => {
    pieces.push(Buffer.from(text), written)
    text = ''
  }
  const write = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= long) put(ofText(value))
    else if (typeof value !== 'object' || value === null) text += JSON.stringify(value)
    else if (isFixed(value)) put(ofFixed(value))
    else if (Array.isArray(value)) text += JSON.stringify(value)
    else {
      let before = '{'
      for (const key in value) {
        const inner = value[key as keyof typeof value]
        if (inner === undefined) continue
        text += `${before}${JSON.stringify(key)}:`
        before = ','
        write(inner)
      }
      text += before === '{' ? '{}' : '}'
    }
  }
  write(body)
  return Buffer.concat([...pieces, Buffer.from(text)])
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
const ofFixed = onceFor((value: object) => bytesOf(value))
const ofText = remembered((text) => bytesOf(text), () => true, 300)
