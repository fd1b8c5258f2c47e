import { isFixed, onceFor } from '../core/fixed.ts'

/**
 * `JSON.stringify` of plain data, as UTF-8. Most of a reply is the same for everybody: what is frozen (`core/fixed.ts`) is
 * written once and copied from then on. Nothing else is kept: a text may hold what a citizen wrote.
 */
export function jsonBody(body: object): Uint8Array {
  const pieces: Uint8Array[] = []
  let text = ''
  const put = (written: Uint8Array): void => {
    pieces.push(Buffer.from(text), written)
    text = ''
  }
  const write = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) text += JSON.stringify(value)
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

const ofFixed = onceFor((value: object): Uint8Array => Buffer.from(JSON.stringify(value)))
