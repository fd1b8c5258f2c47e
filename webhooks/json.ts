const utf8 = new TextDecoder()

/** JSON as `JSON.parse` sees it: ids sent without quotes may be rounded. */
export interface Glance {
  text: string
  value: unknown
}

/**
 * A look at bytes nobody has vouched for yet, quick whatever they are; undefined when they are no JSON. A byte that is no UTF-8
 * spoils one letter, never the message.
 */
export function glanceAtJson(bytes: Uint8Array): Glance | undefined {
  const text = utf8.decode(bytes)
  try {
    return { text, value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** An integer outside quotes that may be too long for a JavaScript number. Inside a text it only costs the slower reading. */
const longInteger = /(?:^|[:[,])\s*-?\d{16,}/

/**
 * The same, read with care: an integer beyond 2^53 comes back as its digits, as a string. Platforms' ids are longer than that,
 * and one that was sent without quotes was rounded. Nesting too deep to look for them in leaves them rounded, which is no id, and
 * the rest as it is. Looking is slow enough (70 ms for the worst 256 KiB) to be kept for proven bytes.
 */
export function readJson({ text, value }: Glance): unknown {
  if (!longInteger.test(text)) return value
  try {
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown)
  } catch {
    return value
  }
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  const rounded = typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
  return rounded ? source : value
}
