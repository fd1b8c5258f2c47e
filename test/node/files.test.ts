import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { foldersOf, readContentFolders, readFolder, rereadContentFolders } from '../../src/node/files.ts'

it('what cannot be read is named, with what to do; a link to nothing is passed over', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'words-'))
  writeFileSync(join(dir, 'a.md'), 'chữ')
  symlinkSync('none.md', join(dir, 'b.md'))
  expect((await readFolder(dir)).map(({ name }) => name)).toEqual(['a.md'])
  symlinkSync('c.md', join(dir, 'c.md'))
  await expect(readFolder(dir)).rejects.toMatchObject({ name: 'ContentError', message: `${join(dir, 'c.md')}: đường dẫn tắt (symlink) trỏ vòng về chính nó → xóa đường dẫn tắt này` })
  rmSync(dir, { recursive: true })
})

it('looks into a folder once, however it is written', () => {
  expect(foldersOf({ flowsDir: 'flows', contentDir: 'content', defaultsDir: resolve('content') })).toEqual(['flows', 'content'])
  expect(foldersOf({ flowsDir: 'flows', contentDir: '/srv/words', defaultsDir: 'content' })).toEqual(['flows', '/srv/words', 'content'])
})

it('names the setting whose folder is not there, or is a file, each time it reads', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'words-'))
  writeFileSync(join(dir, 'file'), '')
  const folders = { flowsDir: join(dir, 'none'), contentDir: join(dir, 'file'), defaultsDir: 'content' }
  const refused = {
    name: 'ContentError',
    message: `FLOWS_DIR: không có thư mục "${join(dir, 'none')}". Hãy kiểm tra đường dẫn.\nCONTENT_DIR: không có thư mục "${join(dir, 'file')}". Hãy kiểm tra đường dẫn.`,
  }
  await expect(readContentFolders(folders)).rejects.toMatchObject(refused)
  await expect(rereadContentFolders(folders)()).rejects.toMatchObject(refused)
  rmSync(dir, { recursive: true })
})
