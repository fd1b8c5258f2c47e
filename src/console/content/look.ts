import type { Content, FileSource } from '../../content.ts'
import type { WordFile } from '../../content/sheets/items.ts'
import type { Problem } from '../../core/problem.ts'
import { vietnamDay, type Clock } from '../../core/time.ts'
import { capital } from '../campaign-words.ts'
import type { ContentDesk } from './desk.ts'
import { placesOf } from './difference.ts'
import type { DraftChange } from './drafts.ts'
import type { Looked } from './edit-pages.ts'
import { forOfficers } from './parts.ts'
import { previewOf } from './preview.ts'
import { fieldOfProblem } from './problem-places.ts'
import { provinceField } from './province-form.ts'
import { kindOf } from './word-files.ts'
import { placeOfProblem } from './word-form.ts'

/** What a change comes to, with the findings that stand beside a field by its name. */
export type LookedAt = Looked & { errors: Record<string, string> }

/** Looks at a change before it is kept. `from`: the text it is told apart from. `raw`: no form, so that nothing stands beside a field. */
export type Look = (files: FileSource, change: DraftChange, from: string, raw: boolean) => Promise<LookedAt>

export function createLook(desk: Pick<ContentDesk, 'check'>, content: () => Content | null, now: Clock): Look {
  return async (files, change, from, raw) => {
    const known = content()
    const { problems } = await desk.check(files, [change])
    const errors: Record<string, string> = {}
    const others = problems.filter((problem) => {
      const field = raw || problem.file !== change.file.file ? null : fieldFor(change.file, change.after, problem)
      if (field === null) return true
      errors[field] = [errors[field], tellBeside(problem)].filter((part) => part !== undefined).join(' ')
      return false
    })
    return {
      others, errors, beside: problems.length - others.length, places: placesOf({ ...change, before: from }),
      preview: known === null ? null : previewOf(known, change.file, change.after, vietnamDay(now())),
    }
  }
}

const tellBeside = ({ severity, what, todo }: Problem): string => forOfficers(`${severity === 'warning' ? `Lưu ý: ${what}` : capital(what)}. Cách sửa: ${todo}.`)

/** Beside which field of the file's form a finding stands; null: beside none. */
function fieldFor(file: WordFile, text: string, problem: Problem): string | null {
  switch (kindOf(file)) {
    case 'article': return fieldOfProblem(text, problem)
    case 'province': return provinceField(text, problem)
    case 'flow': case 'replies': return placeOfProblem(file, text, problem)
    case 'other': return null
  }
}
