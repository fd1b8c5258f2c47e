import type { FileSource } from '../../content.ts'
import { SheetError } from '../../content/sheets/table.ts'
import { versionOf } from '../../content/files.ts'
import { formatProblems } from '../../content.ts'
import type { Clock } from '../../core/time.ts'
import type { Register } from '../../store/ports.ts'
import type { AccessAction, AccessLog } from '../access-log.ts'
import { staffKey, type StaffAccount } from '../staff.ts'
import { createChecking, type Checked } from './checking.ts'
import { createDraftBook, mostDrafts, type Draft, type DraftChange, type DraftKind, type KeptDraft, type ListedDraft } from './drafts.ts'
import { merged } from './line-difference.ts'
import { createVersions, type NumberedVersion } from './versions.ts'
import { fileIdOf, textOf, wordsAt, type WordFiles } from './word-files.ts'
import type { ContentWork } from './work.ts'

/** Writing, handing in, publishing and taking back the words, by two people. */

export interface ContentDeskPorts {
  register: Register
  words: WordFiles
  work: ContentWork
  log: AccessLog
  newId: () => string
  now: Clock
}

/** What became of something an officer asked for; `refused` are sentences for them. */
export type Done = { done: true } | { refused: string[] }

export type ContentDesk = ReturnType<typeof createContentDesk>

const readOnly = 'Trên máy chủ này tệp nội dung chỉ đọc: sửa tệp rồi cài lại.'
const overtaken = 'Trong lúc anh chị xem, bản nháp này đã được đổi hoặc không còn. Xem lại rồi làm tiếp.'

export function createContentDesk({ register, words, work, log, newId, now }: ContentDeskPorts) {
  const drafts = createDraftBook(register)
  const versions = createVersions(register)
  const checking = createChecking(work, now)

  const note = (account: StaffAccount, action: AccessAction, about: string, count: number, reason: string): Promise<void> =>
    log.append({ at: now(), who: account.name, action, about, count, reason })
  const isAuthor = ({ authors }: Draft, { name }: StaffAccount): boolean => authors.some((author) => staffKey(author) === staffKey(name))
  const about = ({ changes }: Pick<Draft, 'changes'>): string => changes.length === 1 ? fileIdOf(changes[0]!.file) : `${changes.length} tệp: ${changes.slice(0, 3).map(({ file }) => fileIdOf(file)).join(', ')}${changes.length > 3 ? ', …' : ''}`

  /** Files that say something else now than when the draft was begun, and not yet what it wants. */
  const overtakenFiles = (files: FileSource, { changes }: Pick<Draft, 'changes'>): string[] => changes.flatMap((change) => {
    const text = wordsAt(files, fileIdOf(change.file))?.text ?? null
    return text === change.before || text === change.after ? [] : [fileIdOf(change.file)]
  })

  async function kept(id: string, version: number, status: readonly Draft['status'][]): Promise<KeptDraft | null> {
    const found = await drafts.find(id)
    return found !== null && found.version === version && status.includes(found.draft.status) ? found : null
  }

  /** Writes the files, with what they said before and say now among the versions. Repeating it changes nothing. */
  async function write(changes: readonly DraftChange[], by: string, publishedBy: string | null, why: string): Promise<Done> {
    if (words.write === null) return { refused: [readOnly] }
    const files = await words.read()
    const lost = overtakenFiles(files, { changes })
    if (lost.length > 0) return { refused: lost.map(toldLost) }
    const { newErrors } = await checking(files, changes)
    if (newErrors.length > 0) return { refused: ['Chưa đăng, vì kiểm tra nội dung không cho qua:', ...formatProblems(newErrors)] }
    for (const { file, before } of changes) {
      if (before !== null) await versions.note(fileIdOf(file), { at: now(), text: before, by: null, publishedBy: null, why: 'Có sẵn trong tệp, viết ngoài trang này' })
    }
    try {
      await words.write(changes.filter((change) => wordsAt(files, fileIdOf(change.file))?.text !== change.after))
    } catch (error) {
      if (error instanceof SheetError) return { refused: [error.message] }
      if (error instanceof Error && 'code' in error) return { refused: [`Máy chủ không ghi được tệp (${String(error.code)}). Báo người quản trị kiểm tra quyền ghi và ổ đĩa.`] }
      throw error
    }
    for (const { file, after } of changes) await versions.note(fileIdOf(file), { at: now(), text: after, by, publishedBy, why })
    return { done: true }
  }

  let made: { version: string; bytes: Promise<Uint8Array> } | null = null
  /** All sheets; made once for the same files. */
  async function workbook(): Promise<Uint8Array> {
    const files = await words.read()
    const version = versionOf(files)
    if (made?.version !== version) {
      const bytes = work.workbook(files)
      made = { version, bytes }
      bytes.catch(() => { made = null })
    }
    return made.bytes
  }

  return {
    files: () => words.read(),
    refused: () => words.refused(),
    isWritable: words.write !== null,
    drafts: (): Promise<ListedDraft[]> => drafts.list(),
    find: (id: string): Promise<KeptDraft | null> => drafts.find(id),
    check: (files: FileSource, changes: readonly DraftChange[]): Promise<Checked> => checking(files, changes),
    overtakenFiles,
    isAuthor,
    workbook,
    planSheets: async (name: string, bytes: Uint8Array) => work.plan(await words.read(), name, bytes),
    waiting: (files: FileSource, asked: Parameters<ContentWork['waiting']>[1]) => work.waiting(files, asked, now()),
    history: (fileId: string): Promise<NumberedVersion[]> => versions.of(fileId),

    /** A new draft, or null when there are too many or it is too large. */
    async begin(account: StaffAccount, given: { title: string; kind: DraftKind; note?: string; changes: readonly DraftChange[] }): Promise<string | null> {
      const at = now()
      const draft: Draft = { note: '', ...given, id: newId().slice(0, 16), authors: [account.name], status: 'writing', createdAt: at, changedAt: at, returned: null }
      return (await drafts.add(draft)) ? draft.id : null
    },

    /** What its writers make of it; a draft that was handed in is theirs again. */
    async rewrite(account: StaffAccount, id: string, version: number, changes: readonly DraftChange[]): Promise<Done> {
      const found = await kept(id, version, ['writing', 'submitted'])
      if (found === null) return { refused: [overtaken] }
      const authors = isAuthor(found.draft, account) ? found.draft.authors : [...found.draft.authors, account.name]
      return (await drafts.change({ ...found.draft, authors, changes, status: 'writing', changedAt: now() }, version)) ? { done: true } : { refused: [overtaken] }
    },

    async submit(account: StaffAccount, id: string, version: number, said: string): Promise<Done> {
      const found = await kept(id, version, ['writing'])
      if (found === null) return { refused: [overtaken] }
      const { newErrors } = await checking(await words.read(), found.draft.changes)
      if (newErrors.length > 0) return { refused: ['Còn lỗi phải sửa trước khi trình:', ...formatProblems(newErrors)] }
      if (!(await drafts.change({ ...found.draft, status: 'submitted', note: said, returned: null, changedAt: now() }, version))) return { refused: [overtaken] }
      await note(account, 'content_submitted', about(found.draft), found.draft.changes.length, said)
      return { done: true }
    },

    async giveBack(account: StaffAccount, id: string, version: number, why: string): Promise<Done> {
      const found = await kept(id, version, ['submitted', 'publishing'])
      if (found === null) return { refused: [overtaken] }
      if (!(await drafts.change({ ...found.draft, status: 'writing', returned: { by: account.name, why, at: now() }, changedAt: now() }, version))) return { refused: [overtaken] }
      await note(account, 'content_returned', about(found.draft), found.draft.changes.length, why)
      return { done: true }
    },

    /** `version`: of the draft as the page showed it. What was begun by a process that died is finished. */
    async publish(account: StaffAccount, id: string, version: number): Promise<Done> {
      const found = await kept(id, version, ['submitted', 'publishing'])
      if (found === null) return { refused: [overtaken] }
      const { draft } = found
      if (isAuthor(draft, account)) return { refused: ['Người viết không tự đăng bài của mình: cần một người khác xem và đăng.'] }
      if (!(await drafts.change({ ...draft, status: 'publishing', changedAt: now() }, version))) return { refused: [overtaken] }
      const begun = await drafts.find(id)
      const done = await write(draft.changes, draft.authors.join(', '), account.name, draft.note === '' ? draft.title : draft.note)
      if ('refused' in done) {
        await drafts.change({ ...draft, status: 'submitted' }, begun?.version ?? 0)
        return done
      }
      await note(account, 'content_published', about(draft), draft.changes.length, draft.note)
      await drafts.remove(id, begun?.version ?? 0)
      return done
    },

    async drop(account: StaffAccount, id: string, version: number): Promise<Done> {
      const found = await kept(id, version, ['writing', 'submitted'])
      if (found === null || !(await drafts.remove(id, version))) return { refused: [overtaken] }
      await note(account, 'content_dropped', about(found.draft), found.draft.changes.length, '')
      return { done: true }
    },

    /** Puts the draft upon what the files say now; refused where both changed the same lines. */
    async rebase(account: StaffAccount, id: string, version: number): Promise<Done> {
      const found = await kept(id, version, ['writing', 'submitted'])
      if (found === null) return { refused: [overtaken] }
      const files = await words.read()
      const changes = found.draft.changes.map((change): DraftChange | null => {
        const text = wordsAt(files, fileIdOf(change.file))?.text ?? null
        if (text === change.before || text === change.after) return change
        const after = text === null || change.before === null ? null : merged(change.before, change.after, text, found.draft.kind === 'question')
        return after === null ? null : { ...change, before: text, after }
      })
      const clashing = found.draft.changes.filter((_, index) => changes[index] === null).map(({ file }) => fileIdOf(file))
      if (clashing.length > 0) return { refused: clashing.map((file) => `${file}: cùng một chỗ đã được sửa cả trong tệp lẫn trong bản nháp. Mở bản mới của tệp, sửa lại rồi bỏ bản nháp này.`) }
      const status = isAuthor(found.draft, account) || found.draft.status === 'writing' ? 'writing' as const : found.draft.status
      return (await drafts.change({ ...found.draft, status, changes: changes.flatMap((change) => change ?? []), changedAt: now() }, version)) ? { done: true } : { refused: [overtaken] }
    },

    /** Back to what the file said in a version: at once, since it was in use before. */
    async restore(account: StaffAccount, fileId: string, seq: number, why: string): Promise<Done> {
      const [files, all] = await Promise.all([words.read(), versions.of(fileId)])
      const [version, at] = [all.find((one) => one.seq === seq), wordsAt(files, fileId)]
      if (version === undefined || at === null) return { refused: ['Không có bản này.'] }
      if (at.text === version.text) return { refused: ['Tệp đang đúng như bản này.'] }
      const done = await write([{ file: at.file, before: at.text, after: version.text }], account.name, null, `Trở lại bản ${seq}: ${why}`)
      if ('done' in done) await note(account, 'content_restored', fileId, 1, why)
      return done
    },

    /** The same by somebody who may not publish: a draft like any other. */
    async proposeRestore(account: StaffAccount, fileId: string, seq: number, why: string): Promise<{ draft: string } | { refused: string[] }> {
      const [files, all] = await Promise.all([words.read(), versions.of(fileId)])
      const [version, at] = [all.find((one) => one.seq === seq), wordsAt(files, fileId)]
      if (version === undefined || at === null || at.text === version.text) return { refused: ['Không có bản này, hoặc tệp đang đúng như bản này.'] }
      const id = await this.begin(account, { title: `Trở lại bản ${seq} của ${fileId}`, kind: 'undo', note: why, changes: [{ file: at.file, before: at.text, after: version.text }] })
      return id === null ? { refused: [tooMany] } : { draft: id }
    },

    /** The text a new edit of this file begins from. */
    textOf,
  }
}

export const tooMany = `Có quá ${mostDrafts} bản nháp, hoặc bản này quá lớn: bỏ bớt bản nháp không dùng rồi làm lại.`

const toldLost = (file: string): string => `Tệp ${file} đã được sửa ngoài trang này sau khi viết bản nháp. Bấm “Ghép với tệp mới” rồi xem lại.`
