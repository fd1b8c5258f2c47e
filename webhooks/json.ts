const utf8 = new TextDecoder()

/**
 * The JSON in these bytes as `JSON.parse` sees it, undefined when they are none. For a look at bytes nobody has vouched
 * for yet: it is quick whatever they are, but ids sent without quotes may come out rounded.
 */
export function glanceAtJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    return undefined
  }
}

/** An integer outside quotes that may be too long for a JavaScript number. Inside a text it only costs the slower reading. */
const longInteger = /(?:^|[:[,])\s*-?\d{16,}/

/**
 * The JSON in these bytes; undefined when they are none. An integer beyond 2^53 comes back as its digits, as a string:
 * platforms' ids are longer than that, and `JSON.parse` alone would round one that was sent without quotes.
 * A byte that is no UTF-8 spoils one letter, never the message; nesting too deep to look for long integers in leaves them rounded,
 * which is no id, and the rest as it is. Looking for them is slow enough (70 ms for the worst 256 KiB) to be kept for proven bytes.
 */
export function readJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes)
    return longInteger.test(text) ? JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown) : JSON.parse(text)
  } catch (error) {
    return error instanceof RangeError ? glanceAtJson(bytes) : undefined
  }
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  const rounded = typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
  return rounded ? source : value
}
