import * as z from 'zod'

/** What people write around the figures: who reports, to whom, who signs, and their own judgement. */
export const headingFields = [
  'superior', 'agency', 'number', 'place', 'signer', 'signerName', 'recipients', 'basis', 'direction', 'strengths', 'weaknesses', 'plans',
] as const
export type HeadingField = (typeof headingFields)[number]
export type ReportHeading = Readonly<Record<HeadingField, string>>

export const longestHeading: Readonly<Record<HeadingField, number>> = {
  superior: 120, agency: 120, number: 40, place: 60, signer: 200, signerName: 80, recipients: 1_000, basis: 600, direction: 4_000, strengths: 4_000, weaknesses: 4_000, plans: 4_000,
}

export const headingSchema: z.ZodType<ReportHeading> = z.object(Object.fromEntries(headingFields.map((field) => [field, z.string()])) as Record<HeadingField, z.ZodString>)

/** What stands there until somebody writes it, by the values of `province.yaml`. Agencies are named as in a sentence; at the top they stand in capitals. */
export function usualHeading(province: Readonly<Record<string, string>>): ReportHeading {
  const [name, office] = [province['name'] ?? '', province['office'] ?? '']
  return {
    superior: `Ủy ban nhân dân ${name === '' ? 'tỉnh' : name}`, agency: office, number: 'BC-SKHCN', place: asName(name.replace(/^(tỉnh|thành phố)\s+/i, '')),
    signer: 'GIÁM ĐỐC', signerName: '', recipients: `Ủy ban nhân dân ${name === '' ? 'tỉnh' : name}\nBộ Khoa học và Công nghệ\nLưu: VT`,
    basis: '', direction: '', strengths: '', weaknesses: '', plans: '',
  }
}

/** `MẪU` as it stands in a sentence; names that are no capitals stay as they are. */
const asName = (name: string): string => (name === name.toUpperCase() ? name.toLowerCase().replace(/(^|\s)(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()) : name)
