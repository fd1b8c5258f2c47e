import { statfs } from 'node:fs/promises'

/** Free share of the file system a path is on, 0 to 1; null when it cannot be told. */
export async function freeDisk(path: string): Promise<number | null> {
  try {
    const { bavail, blocks } = await statfs(path)
    return blocks === 0 ? null : bavail / blocks
  } catch {
    return null
  }
}
