import { find, itemRange, parsed } from '../../content/sheets/yaml-place.ts'

type Path = readonly (string | number)[]

/** Where in a YAML text things stand; `isOn`: on this line, from 1, or a part of them. Pure. */
export function yamlLines(source: string): { rangeAt(path: Path): { start: number; end: number } | null; isOn(path: Path, line: number): boolean } {
  const document = parsed(source)
  const rangeAt = (path: Path): { start: number; end: number } | null => {
    const found = find(document, path)
    return found === null || found.node === null ? null : itemRange(found.pair ?? found.node)
  }
  return {
    rangeAt,
    isOn(path, line) {
      const range = rangeAt(path)
      return range !== null && lineAt(source, range.start) <= line && line <= lineAt(source, Math.max(range.start, range.end - 1))
    },
  }
}

/** The line of this place in the text, from 1; behind the end, the last. */
export const lineAt = (source: string, offset: number): number => source.slice(0, offset).split('\n').length
