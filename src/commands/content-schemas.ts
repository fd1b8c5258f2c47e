import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { synonymsSchema } from '../answer/concepts.ts'
import { frontMatter } from '../answer/parse-article.ts'
import { campaignSchema } from '../campaign/written.ts'
import { assetsSchema } from '../content/assets.ts'
import { contactsSchema } from '../content/contacts.ts'
import { entrySchema } from '../content/entry.ts'
import { provinceSchema } from '../content/province.ts'
import { repliesSchema } from '../content/replies.ts'
import { savedRepliesSchema } from '../content/saved-replies.ts'
import { siteSchema } from '../content/site.ts'
import { flowSchema } from '../flow/written.ts'
import { readWordSettings, type Terminal } from './command.ts'

/** Every kind of file that people write: what it is made of, as the program reads it. */
export const schemas: Readonly<Record<string, z.ZodType>> = {
  flow: flowSchema,
  article: frontMatter,
  campaign: campaignSchema,
  province: provinceSchema,
  contacts: contactsSchema,
  entry: entrySchema,
  replies: repliesSchema,
  'saved-replies': savedRepliesSchema,
  synonyms: synonymsSchema,
  assets: assetsSchema,
  site: siteSchema,
}

/** `content schemas`: writes `schemas/*.json` into the content folder, by which editors complete and check while one types. */
export async function writeSchemas(terminal: Terminal): Promise<number> {
  const dir = join(readWordSettings(terminal).contentDir, 'schemas')
  await mkdir(dir, { recursive: true })
  for (const [name, schema] of Object.entries(schemas)) await writeFile(join(dir, `${name}.json`), schemaText(schema))
  terminal.out(`Đã ghi ${Object.keys(schemas).length} lược đồ vào ${dir}.`)
  return 0
}

/** One schema as the file holds it. */
export const schemaText = (schema: z.ZodType): string => `${JSON.stringify(editorSchema(schema), null, 2)}\n`

/**
 * The schema as an editor needs it. Our reader takes every plain value as text; an editor takes `true` for a truth value
 * and `2024` for a number.
 */
export function editorSchema(schema: z.ZodType): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-07', unrepresentable: 'any', override: ({ zodSchema, jsonSchema }) => {
    asEditorsRead(jsonSchema)
    if (hasShortForm(zodSchema)) allowText(jsonSchema)
  } })
}

function asEditorsRead(json: z.core.JSONSchema.BaseSchema & { type?: unknown }): void {
  if (json.const === 'true') {
    delete json.type
    json.const = true
  }
  if (Array.isArray(json.enum) && json.enum.every((value) => value === 'true' || value === 'false')) {
    delete json.enum
    json.type = 'boolean'
  }
  if (json.type === 'string' && json.enum === undefined && (json.pattern === undefined || new RegExp(json.pattern, 'u').test('2024'))) json.type = ['string', 'number']
}

/** `triggers: nộp hồ sơ` for `triggers: [nộp hồ sơ]`: what is made of a plain text before the schema looks at it. */
const hasShortForm = ({ _zod: { def } }: z.core.$ZodTypes): boolean => def.type === 'pipe' && def.in._zod.def.type === 'transform'

function allowText(json: z.core.JSONSchema.BaseSchema): void {
  const { description, ...long } = { ...json }
  for (const key of Object.keys(json)) delete json[key]
  Object.assign(json, description === undefined ? {} : { description }, { anyOf: [{ type: ['string', 'number'] }, long] })
}
