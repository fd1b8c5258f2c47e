import { DAY, HOUR, MINUTE, type Millis, SECOND } from '../core/time.ts'
import { defaultOf } from './table.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** Reads single settings and collects what is wrong, so that one start tells everything. Never puts a value into a problem. */
export interface Reader {
  readonly problems: string[]
  /** As set, else the default; null when neither. Blank is not set. */
  text(name: string): string | null
  /** Always there: the setting has a default. */
  words(name: string): string
  /** A whole number within bounds. */
  whole(name: string, least: number, most: number): number
  /** A duration; a bare number counts `unit`. */
  duration(name: string, unit: Millis, least: Millis): Millis
  /** `https://host`, or http where that is for tests and inner networks; null when not set and without default. */
  origin(name: string): string | null
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice
}

const units: Readonly<Record<string, Millis>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }

const names: readonly [Millis, string][] = [[DAY, 'ngày'], [HOUR, 'giờ'], [MINUTE, 'phút'], [SECOND, 'giây']]

/** `1 ngày`, `2 giờ`: in the largest unit that gives a whole number. */
function inWords(time: Millis): string {
  const [unit, name] = names.find(([each]) => time % each === 0) ?? [1, 'mili giây']
  return `${time / unit} ${name}`
}

export function createReader(env: Env): Reader {
  const problems: string[] = []
  const text = (name: string): string | null => env[name]?.trim() || defaultOf(name)
  const words = (name: string): string => text(name) ?? ''
  return {
    problems,
    text,
    words,
    whole(name, least, most) {
      const value = Number(words(name))
      if (/^\d+$/.test(words(name)) && value >= least && value <= most) return value
      problems.push(`${name} phải là số nguyên từ ${least} đến ${most}.`)
      return least
    },
    duration(name, unit, least) {
      const [, number = '', letter = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(words(name)) ?? []
      const value = Number(number) * (units[letter] ?? unit)
      if (number !== '' && value >= least) return value
      problems.push(number === '' ? `${name} phải là khoảng thời gian, ví dụ 15m, 2h hoặc 7d.` : `${name} quá ngắn: ít nhất ${inWords(least)}.`)
      return least
    },
    origin(name) {
      const value = text(name)
      if (value === null) return null
      const url = URL.canParse(value) ? new URL(value) : null
      if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '') return url.origin
      problems.push(`${name} phải là địa chỉ gốc không có đường dẫn, ví dụ https://vidu.gov.vn.`)
      return null
    },
    oneOf(name, choices) {
      const value = choices.find((choice) => choice === words(name))
      if (value === undefined) problems.push(`${name} phải là một trong: ${choices.join(', ')}.`)
      return value ?? choices[0]!
    },
  }
}
