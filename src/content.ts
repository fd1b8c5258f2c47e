/** What people write, as the rest of the program sees it. */
export type { Content, DutyHours, Entry, EntryItem, Province } from './content/types.ts'
export type { FileSource, TextFile } from './content/files.ts'
export { loadContent, type ContentOptions } from './content/load.ts'
export { checkContent } from './content/check.ts'
export { contentDue, type DueArticle } from './content/due.ts'
export { ContentHolder, type ContentStatus } from './content/holder.ts'
export { formatProblems } from './core/problem.ts'
