import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A screenshot with at most 256 colours, which is a third of its size: pages have few, and shades of letters few anybody would miss. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decoded(png)
  const { palette, indexOf } = paletteOf(pixels)
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = indexOf.get(shadeOf(pixels, 3 * (y * width + x)))!
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), chunk('PLTE', palette), chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** Five or six bits of each colour are looked at. */
const shadeOf = (pixels: Uint8Array, at: number): number => ((pixels[at]! >> 3) << 11) | ((pixels[at + 1]! >> 2) << 5) | (pixels[at + 2]! >> 3)

/** The shades used most, each with the mean of its pixels; the others go to the nearest of these. */
function paletteOf(pixels: Uint8Array): { palette: Buffer; indexOf: Map<number, number> } {
  const sums = new Map<number, [count: number, red: number, green: number, blue: number]>()
  for (let at = 0; at < pixels.length; at += 3) {
    const sum = sums.get(shadeOf(pixels, at)) ?? [0, 0, 0, 0]
    sums.set(shadeOf(pixels, at), [sum[0] + 1, sum[1] + pixels[at]!, sum[2] + pixels[at + 1]!, sum[3] + pixels[at + 2]!])
  }
  const shades = [...sums].sort(([, a], [, b]) => b[0] - a[0]).map(([shade, [count, ...parts]]) => ({ shade, colour: parts.map((part) => Math.round(part / count)) }))
  const kept = shades.slice(0, 256)
  const distance = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, part, index) => sum + (part - b[index]!) ** 2, 0)
  const indexOf = new Map(shades.map(({ shade, colour }, at) => [shade, at < kept.length ? at : kept.reduce((best, { colour: other }, index) => (distance(colour, other) < distance(colour, kept[best]!.colour) ? index : best), 0)]))
  return { palette: Buffer.from(kept.flatMap(({ colour }) => colour)), indexOf }
}

/** What Chromium writes: eight bits a colour, with or without transparency, not interlaced. */
function decoded(png: Buffer): { width: number; height: number; pixels: Uint8Array } {
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const [raw, stride] = [inflateSync(Buffer.concat(data)), width * channels]
  const lines = new Uint8Array(height * stride)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : lines[y * stride + x - channels]!
      const up = y === 0 ? 0 : lines[(y - 1) * stride + x]!
      const corner = x < channels || y === 0 ? 0 : lines[(y - 1) * stride + x - channels]!
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + guess
    }
  }
  for (let pixel = 0; pixel < width * height; pixel++) pixels.set(lines.subarray(pixel * channels, pixel * channels + 3), pixel * 3)
  return { width, height, pixels }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
