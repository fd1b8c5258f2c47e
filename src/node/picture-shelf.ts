import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PictureShelf } from '../console/campaign-pictures.ts'
import { assetsFileName, parseAssets } from '../content/assets.ts'
import { vietnamDay, type Clock } from '../core/time.ts'

/**
 * Uploaded pictures in a content folder: the file in `assets/` under a name made of its bytes, and what it is in `assets.yaml`,
 * whose other lines stay as people wrote them. Nothing is written where the result could not be read.
 */
export function createPictureShelf(contentDir: string, now: Clock): PictureShelf {
  const [folder, described] = [join(contentDir, 'assets'), join(contentDir, assetsFileName)]
  let last: Promise<unknown> = Promise.resolve()

  async function add({ attachment, bytes, ...words }: Parameters<PictureShelf['add']>[0]): Promise<{ id: string } | { refused: string }> {
    const before = await readFile(described, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 'assets:\n'
      throw error
    })
    const known = readAssets(before).read
    const same = [...(known?.assets.values() ?? [])].find(({ file }) => file === attachment.name)
    if (same !== undefined) return { id: same.id }
    const id = `anh-${vietnamDay(now()).replaceAll('-', '')}-${attachment.sha256.slice(0, 8)}`
    const after = withPicture(before, { id, file: attachment.name, kind: 'banner', ...words })
    const read = readAssets(after).read
    if (read === null || !read.assets.has(id) || [...(known?.assets.keys() ?? [])].some((other) => !read.assets.has(other))) {
      return { refused: `Tệp ${assetsFileName} đang có lỗi nên chưa thêm được ảnh; chạy content check để xem.` }
    }
    await mkdir(folder, { recursive: true })
    // First the picture, then the line that names it: what is described is there.
    await writeWhole(join(folder, attachment.name), bytes)
    await writeWhole(described, after)
    return { id }
  }

  return {
    add(picture) {
      const added = last.then(() => add(picture)).catch(() => ({ refused: 'Không ghi được vào thư mục content/assets; nhờ người quản trị xem quyền ghi và ổ đĩa.' }))
      last = added
      return added
    },
  }
}

const readAssets = (text: string): ReturnType<typeof parseAssets> => parseAssets({ name: assetsFileName, file: assetsFileName, text })

/** One more entry at the end of the list, written as those before it. */
function withPicture(text: string, entry: Readonly<Record<string, string>>): string {
  const indent = /^( *)- /m.exec(text)?.[1] ?? '  '
  const lines = Object.entries(entry).map(([key, value], index) => `${indent}${index === 0 ? '- ' : '  '}${key}: ${/^[a-z0-9.-]+$/.test(value) ? value : JSON.stringify(value)}`)
  return `${text.replace(/^assets: *\[\] *$/m, 'assets:').replace(/\n*$/, '\n')}${lines.join('\n')}\n`
}

/** Readers see the old file or the new one, never half of one. */
async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  try {
    await writeFile(beside, data, { flush: true })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}
