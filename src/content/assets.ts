import * as z from 'zod'
import type { Message } from '../core/message.ts'
import type { Problem } from '../core/problem.ts'
import { dayText, keys, readYaml, someText, type Locate } from '../core/yaml.ts'
import type { ListedFile, TextFile } from './files.ts'

/** Pictures, recordings and files that go with the words: `content/assets/`, described in its `assets.yaml`. */
export interface Asset {
  /** Its address is `/tep/<id>`: never changes. */
  id: string
  /** Name in `content/assets/`: no folder, nothing that an address would have to escape. */
  file: string
  kind: AssetKind
  title: string
  /** What it shows or says, for those who cannot see or load it. */
  alt: string
  /** Who may use it for what. */
  rights: string
  /** `YYYY-MM-DD`, first and last day on which it is shown; null where it has none. */
  from: string | null
  until: string | null
  /** Media type, by the file's ending. */
  type: string
}

const pictures = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', svg: 'image/svg+xml' }
const papers = { pdf: 'application/pdf' }

/** Which endings each kind may have. */
const kinds = {
  banner: pictures,
  frame: pictures,
  poster: { ...pictures, ...papers },
  kit: { ...pictures, ...papers, zip: 'application/zip' },
  audio: { mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg' },
  video: { mp4: 'video/mp4', webm: 'video/webm' },
} as const satisfies Record<string, Record<string, string>>
export type AssetKind = keyof typeof kinds
const kindNames = Object.keys(kinds) as AssetKind[]

/** Every ending of an asset, without the dot. */
export const assetEndings: readonly string[] = [...new Set(Object.values(kinds).flatMap((types) => Object.keys(types)))]

const MiB = 1024 * 1024
/** What all channels take when they fetch it: Zalo pictures of 1 MB and files of 5 MB, Telegram 20 MB by address. */
const heaviest: Readonly<Record<string, number>> = { image: 1 * MiB, audio: 5 * MiB, video: 20 * MiB, application: 20 * MiB }

export const assetsSchema = keys({
  assets: z.array(keys({
    id: someText.regex(/^[a-z0-9-]{1,48}$/, 'mã tệp viết sai → dùng 1–48 chữ thường không dấu, số, dấu gạch ngang'),
    file: someText.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'tên tệp viết sai → đặt tệp ngay trong content/assets, tên chỉ có chữ không dấu, số, dấu chấm, gạch ngang'),
    kind: z.enum(kindNames, 'loại tệp viết sai → chọn một trong: banner (băng rôn), frame (khung ảnh), poster (áp phích), kit (bộ nhận diện), audio (ghi âm), video'),
    title: someText,
    alt: someText,
    rights: someText,
    from: dayText.optional(),
    until: dayText.optional(),
  })),
}).describe('Ảnh, bản ghi âm và tệp đi kèm: quyền dùng, lời mô tả, ngày hiện và ngày hết.')

/** The assets by id, with the way back to their lines. */
export interface AssetsFile { assets: ReadonlyMap<string, Asset>; file: string; locate: Locate }

export const assetsFileName = 'assets/assets.yaml'

export const noAssets: AssetsFile = { assets: new Map(), file: assetsFileName, locate: () => ({ line: 1, column: 1 }) }

/** `assets.yaml`. Null when it cannot be used. */
export function parseAssets({ file, text }: TextFile): { read: AssetsFile | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, assetsSchema)
  if (value === null) return { read: null, problems }
  const assets = new Map<string, Asset>()
  value.assets.forEach(({ from = null, until = null, ...given }, index) => {
    const complain = (key: string, what: string, todo: string) =>
      void problems.push({ file, ...locate(['assets', index, key]), severity: 'error', what, todo })
    const types: Readonly<Record<string, string>> = kinds[given.kind]
    const type = types[endingOf(given.file)]
    if (type === undefined) complain('file', `tệp "${given.file}" không phải loại ${given.kind}`, `đuôi tệp phải là một trong: ${Object.keys(types).join(', ')}`)
    if (assets.has(given.id)) complain('id', `mã tệp "${given.id}" đã có ở trên`, 'đổi một trong hai mã')
    if (from !== null && until !== null && until < from) complain('until', `ngày hết hạn ${until} sớm hơn ngày bắt đầu ${from}`, 'sửa until thành ngày sau from')
    assets.set(given.id, { ...given, from, until, type: type ?? '' })
  })
  return problems.length > 0 ? { read: null, problems } : { read: { assets, file, locate }, problems: [] }
}

const endingOf = (file: string): string => file.slice(file.lastIndexOf('.') + 1).toLowerCase()

/** What does not stop the words from being used: files that are missing or too heavy. `listed` null where nobody could look. */
export function checkAssets({ assets, file, locate }: AssetsFile, listed: readonly ListedFile[] | null): Problem[] {
  if (listed === null) return []
  const sizes = new Map(listed.map(({ name, bytes }) => [name, bytes]))
  return [...assets.values()].flatMap((asset, index): Problem[] => {
    const at = { file, ...locate(['assets', index, 'file']), severity: 'error' as const }
    const bytes = sizes.get(`assets/${asset.file}`)
    if (bytes === undefined) return [{ ...at, what: `không thấy tệp "${asset.file}" trong content/assets`, todo: 'chép tệp vào, hoặc sửa tên tệp' }]
    const most = heaviest[asset.type.split('/')[0]!]!
    if (bytes > most) return [{ ...at, what: `tệp "${asset.file}" nặng ${tellSize(bytes)}, tối đa ${tellSize(most)}`, todo: 'giảm kích thước tệp: điện thoại yếu không tải nổi, có kênh không nhận' }]
    return bytes === 0 ? [{ ...at, what: `tệp "${asset.file}" rỗng`, todo: 'chép lại tệp từ bản gốc vào content/assets' }] : []
  })
}

/** `1,5 MB`, as read in Vietnamese. */
const tellSize = (bytes: number): string =>
  bytes >= MiB ? `${(bytes / MiB).toFixed(1).replace('.', ',').replace(',0', '')} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`

/** Whether it may be shown on that day (`YYYY-MM-DD` in Viet Nam). */
export const isShown = ({ from, until }: Asset, day: string): boolean => (from === null || from <= day) && (until === null || day <= until)

/** Where the asset is, below the server's address. */
export const assetPath = (id: string): string => `/tep/${id}`

/**
 * The asset for a chat: pictures, recordings and videos as such, all else as title and link. `origin` is the server's
 * public address.
 */
export function assetMessage({ id, kind, type, title, alt }: Asset, origin: string): Message {
  const url = `${origin}${assetPath(id)}`
  const media = kind === 'audio' || kind === 'video' ? kind : type === 'image/png' || type === 'image/jpeg' ? 'image' : null
  return media === null ? { text: title, links: [{ title, url }] } : { text: title, media: { kind: media, url, alt } }
}
