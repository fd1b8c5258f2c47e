import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/** Where cores are few, the thread that calls this lets all others go first. Elsewhere than on Linux nothing changes: only there a thread has a priority of its own. */
export function stepBack(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It computes beside the others then.
  }
}
