import type { AtOnce, ClaimedTurn } from './ports.ts'

/** What the handler says of a turn; null where it leaves it, or throws: then the turn is handled, and fails, as any other. */
export function askedAtOnce(handle: AtOnce, shown: ClaimedTurn): ReturnType<AtOnce> {
  try {
    return handle(shown)
  } catch {
    return null
  }
}
