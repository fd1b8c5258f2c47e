import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FileChange } from '../content/sheets/plan.ts'
import { SheetError } from '../content/sheets/table.ts'
import type { ContentFolders } from './files.ts'

/**
 * Writes changed files: all of them beside their places first, then each put in its place at one stroke, so that a
 * reader never meets half a file. Throws `SheetError`, with nothing written, when a file is no longer as the change was planned from.
 */
export async function writeChanges(changes: readonly Pick<FileChange, 'file' | 'before' | 'after'>[], { flowsDir, contentDir }: Pick<ContentFolders, 'flowsDir' | 'contentDir'>): Promise<void> {
  const pathOf = ({ file }: Pick<FileChange, 'file'>): string => join(file.root === 'flows' ? flowsDir : contentDir, file.name)
  for (const change of changes) {
    const now = await readFile(pathOf(change), 'utf8').catch(() => null)
    if (now !== change.before) throw new SheetError(`Tệp ${change.file.file} vừa được đổi trong lúc xem. Chưa ghi gì: chạy lại lệnh.`)
  }
  await writeAll(changes.map((change) => ({ path: pathOf(change), data: change.after })))
}

/** All of them beside their places first, then each put in its place. What stops the first part leaves nothing behind. */
export async function writeAll(files: readonly { path: string; data: string | Uint8Array }[]): Promise<void> {
  const written: { temporary: string; target: string }[] = []
  try {
    for (const { path, data } of files) {
      await mkdir(dirname(path), { recursive: true })
      written.push(await writeBeside(path, data))
    }
  } catch (error) {
    for (const { temporary } of written) await rm(temporary, { force: true })
    throw error
  }
  for (const { temporary, target } of written) await rename(temporary, target)
}

/** Under a hidden name that no reader of content takes up. A link is followed, the rights of the old file are kept. */
async function writeBeside(path: string, data: string | Uint8Array): Promise<{ temporary: string; target: string }> {
  const target = await realpath(path).catch(() => path)
  const old = await stat(target).catch(() => null)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.new`)
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(data)
    if (old !== null) await file.chmod(old.mode & 0o777)
    await file.sync()
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return { temporary, target }
}
