import { vietnamDay, type Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'

/** What all processes share about the model: whether it is switched on, and how often it was asked today. */

const switchName = 'model:switch'
const dayName = 'model:day'
/** Somebody else wrote each time: then so many are asking that one may go without. */
const tries = 20

/** On unless somebody switched it off; `since` null: nobody ever did either. */
export async function readSwitch(register: Register): Promise<{ on: boolean; since: Millis | null }> {
  const entry = await register.readEntry(switchName)
  return entry === null ? { on: true, since: null } : (JSON.parse(entry.value) as { on: boolean; since: Millis })
}

/** Holds for every process from its next question on. The time of the last change is kept. */
export async function setSwitch(register: Register, on: boolean, now: Millis): Promise<void> {
  for (;;) {
    const entry = await register.readEntry(switchName)
    if (entry !== null && (JSON.parse(entry.value) as { on: boolean }).on === on) return
    if (await register.writeEntry(switchName, JSON.stringify({ on, since: now }), entry?.version ?? 0)) return
  }
}

export async function askedToday(register: Register, now: Millis): Promise<number> {
  return countOf(await register.readEntry(dayName), now)
}

/** Takes one of the day's questions. False when none is left. */
export async function takeOne(register: Register, perDay: number, now: Millis): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const entry = await register.readEntry(dayName)
    const count = countOf(entry, now)
    if (count >= perDay) return false
    if (await register.writeEntry(dayName, JSON.stringify({ day: vietnamDay(now), count: count + 1 }), entry?.version ?? 0)) return true
  }
  return false
}

function countOf(entry: { value: string } | null, now: Millis): number {
  const { day, count } = entry === null ? { day: '', count: 0 } : (JSON.parse(entry.value) as { day: string; count: number })
  return day === vietnamDay(now) ? count : 0
}
