import type { Position } from '../core/problem.ts'

/** A text that citizens read, as written, with the way back to its place. */
export interface ShownText {
  file: string
  text: string
  /** Where a piece of it stands; its beginning when it is not found. */
  locate: (piece: string) => Position
}
