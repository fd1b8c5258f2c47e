import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const numbered = /^(?:-([2-9]|[1-9]\d+))?$/

/** What restores have put aside of the store at `path`: `<path>.before-restore`, `<path>.before-restore-2` and so on, by number. */
function findAsides(path: string): { path: string; number: number }[] {
  const start = `${basename(path)}.before-restore`
  return readdirSync(dirname(path)).flatMap((name) => {
    const found = name.startsWith(start) ? numbered.exec(name.slice(start.length)) : null
    return found === null ? [] : [{ path: join(dirname(path), name), number: Number(found[1] ?? 1) }]
  })
}

export const asidesOf = (path: string): string[] => findAsides(path).map((aside) => aside.path)

/** Where the next restore puts what it replaces: what an earlier one replaced may be all that is left of the store from before both. */
export function nextAside(path: string): string {
  const last = Math.max(0, ...findAsides(path).map(({ number }) => number))
  return `${path}.before-restore${last === 0 ? '' : `-${last + 1}`}`
}
