import { randomBytes, randomInt } from 'node:crypto'

/** Ids that no earlier start of the sandbox has given: our server's store remembers those. */
export function createIds(): { next(): string; digits(length: number): string } {
  const start = randomBytes(6).toString('hex')
  let serial = 0
  return {
    next: () => `${start}${(++serial).toString(16).padStart(8, '0')}`,
    digits: (length) => String(randomInt(1, 10)) + Array.from({ length: length - 1 }, () => randomInt(10)).join(''),
  }
}
