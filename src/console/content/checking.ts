import { createHash } from 'node:crypto'
import type { FileSource } from '../../content.ts'
import { versionOf } from '../../content/files.ts'
import { withChanges } from '../../content/sheets/plan.ts'
import { formatProblems } from '../../content.ts'
import { isError, type Problem } from '../../core/problem.ts'
import { vietnamDay, type Clock } from '../../core/time.ts'
import type { DraftChange } from './drafts.ts'
import type { ContentWork } from './work.ts'

/** What a change of files would come to, by `content check`. */
export interface Checked {
  /** Everything in the changed files, and what elsewhere is wrong only because of them; errors first. */
  problems: Problem[]
  /** What was not wrong before: nothing is published with one of these. */
  newErrors: Problem[]
}

export type Checking = (files: FileSource, changes: readonly DraftChange[]) => Promise<Checked>

/** So many results are kept: the same words on the same day have the same faults. */
const mostKept = 12

/** Looks at the files as they would be, beside how they are. */
export function createChecking(work: Pick<ContentWork, 'check'>, now: Clock): Checking {
  const kept = new Map<string, Promise<Problem[]>>()

  function check(files: FileSource): Promise<Problem[]> {
    const key = createHash('sha256').update(`${vietnamDay(now())} ${versionOf(files)}`).digest('base64url')
    const known = kept.get(key)
    if (known !== undefined) return known
    const found = work.check(files, now())
    kept.set(key, found)
    found.catch(() => kept.delete(key))
    for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old)
    return found
  }

  return async (files, changes) => {
    const [before, after] = await Promise.all([check(files), check(withChanges(files, changes.map((change) => ({ ...change, edits: [] }))))])
    const changed = new Set(changes.map(({ file }) => file.file))
    const known = new Set(before.map(withoutPlace))
    const isNew = (problem: Problem): boolean => !known.has(withoutPlace(problem))
    const problems = after.filter((problem) => changed.has(problem.file) || isNew(problem))
    return { problems: problems.toSorted((a, b) => Number(isError(b)) - Number(isError(a))), newErrors: after.filter((problem) => isError(problem) && isNew(problem)) }
  }
}

/** A line further up or down is the same remark. */
const withoutPlace = (problem: Problem): string => formatProblems([problem])[0]!.replace(/:\d+:\d+:/, ':')
