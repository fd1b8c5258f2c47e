import { inflateSync, strFromU8, strToU8 } from 'fflate'
import * as z from 'zod'
import { byName, type FileSource, type TextFile } from './files.ts'

const text = z.object({ name: z.string(), file: z.string(), text: z.string() })
/** Without a text: the one of the same name in `content`, which is the same nearly always and need not be sent twice. */
const lent = z.object({ ...text.shape, text: z.string().optional() })
const schema = z.object({
  flows: z.array(text),
  content: z.array(text),
  defaults: z.array(lent),
  assets: z.array(z.object({ name: z.string(), bytes: z.number() })).optional(),
})

/** What stands in the file: the JSON of all files, deflated, in base64. As text Vietnamese is half as large again in a program, where each letter with a mark is written by its number. */
const packed = z.strictObject({ deflated: z.base64() })

/** Raw deflate (RFC 1951), as hard as it can: what makes the bundle has the means, what reads it only inflates. */
export type Deflate = (bytes: Uint8Array) => Uint8Array

/** All files that are answered from as one JSON text, for where there is no disk. The same files give the same bytes, in whatever order they come. */
export function bundleOf({ flows, content, defaults, assets = [] }: FileSource, deflate: Deflate): string {
  const own = textsOf(content)
  const lentFiles = defaults.map(({ name, file, text }) => (own.get(name) === text ? { name, file } : { name, file, text }))
  const files = JSON.stringify({ flows: forAnswering(flows), content: forAnswering(content), defaults: lentFiles.toSorted(byName), assets: assets.toSorted(byName) })
  return `${JSON.stringify({ deflated: btoa(strFromU8(deflate(strToU8(files)), true)) })}\n`
}

/** The files of a bundle, already parsed from JSON. Throws where it is none. */
export function filesOfBundle(bundle: unknown): FileSource {
  const { deflated } = packed.parse(bundle)
  const { assets, defaults, ...texts } = schema.parse(JSON.parse(strFromU8(inflateSync(strToU8(atob(deflated), true)))))
  const own = textsOf(texts.content)
  const files = { ...texts, defaults: defaults.map(({ name, file, text }) => ({ name, file, text: text ?? own.get(name) ?? missing(name) })) }
  return assets === undefined ? files : { ...files, assets }
}

/** What tells staff how to write the others is not needed where nobody writes. */
const forAnswering = (files: readonly TextFile[]): TextFile[] => files.filter(({ name }) => !/(^|\/)README\.md$/.test(name)).toSorted(byName)

const textsOf = (files: readonly TextFile[]): ReadonlyMap<string, string> => new Map(files.map(({ name, text }) => [name, text]))

function missing(name: string): never {
  throw new Error(`the bundle has no text of ${name}`)
}
