import { Person } from './person.ts'

/** How many people one platform remembers; who came first is forgotten first. */
const KEPT = 200_000

/** Everybody a platform knows. */
export class People {
  readonly #people = new Map<string, Person>()

  /** Null for somebody who never came. */
  find(userId: string): Person | null {
    return this.#people.get(userId) ?? null
  }

  /** Makes the person where there is none: they exist on the platform, but have not written. */
  get(userId: string): Person {
    const known = this.#people.get(userId)
    if (known !== undefined) return known
    const person = new Person(userId)
    this.#people.set(userId, person)
    if (this.#people.size > KEPT) this.#people.delete(this.#people.keys().next().value!)
    return person
  }
}
