import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'

/** What a folder made by `writeBuilt` carries: the list of its files, by which it is known again. */
const marker = 'camnang-site.json'
const schema = z.object({ files: z.array(z.string().regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*$/)) })

/** A file to write: a text, or a copy of another file. */
export type BuiltFile = { name: string; text: string } | { name: string; copyOf: string }

/** The folder holds what somebody else put there. */
export class FolderNotOurs extends Error {
  constructor(folder: string) {
    super(`Thư mục ${folder} đã có tệp khác. Chọn thư mục trống, hoặc thư mục mà lệnh này đã tạo.`)
    this.name = 'FolderNotOurs'
  }
}

/**
 * Writes the files into a folder that is new, empty or made by this function before; what it wrote there last time and
 * does not write now is removed, all else is left alone. Throws `FolderNotOurs` before touching anything.
 */
export async function writeBuilt(folder: string, files: readonly BuiltFile[]): Promise<{ removed: number }> {
  const before = await filesBefore(folder)
  const names = files.map(({ name }) => name).sort()
  const old = before.filter((name) => !names.includes(name))
  await mkdir(folder, { recursive: true })
  // Known as ours from the first file on, should it be stopped on the way.
  await writeFile(join(folder, marker), list([...names, ...old]))
  for (const file of files) {
    const path = join(folder, file.name)
    await mkdir(dirname(path), { recursive: true })
    if ('text' in file) await writeFile(path, file.text)
    else await copyFile(file.copyOf, path)
  }
  for (const name of old) await rm(join(folder, name), { force: true })
  await writeFile(join(folder, marker), list(names))
  return { removed: old.length }
}

const list = (files: string[]): string => `${JSON.stringify({ files }, null, 1)}\n`

async function filesBefore(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (entries.length === 0) return []
  if (!entries.includes(marker)) throw new FolderNotOurs(folder)
  const written = schema.safeParse(jsonOf(await readFile(join(folder, marker), 'utf8')))
  if (!written.success) throw new FolderNotOurs(folder)
  return written.data.files
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
