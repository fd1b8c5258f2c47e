/**
 * What is the same for everybody (the main menu, above all) is frozen where it is made. By that whoever works it up
 * further knows that the same object will come again, and keeps what it made of it.
 */

/** Frozen through and through; for plain data. */
export function fixed<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) fixed(inner)
  return Object.freeze(value)
}

/** Whether it is the same for everybody. */
export const isFixed = (value: object): boolean => Object.isFrozen(value)

/** As `make`; of a frozen object it is made once, frozen, and kept as long as the object. `make` must be pure. */
export function onceForFixed<Value extends object, Made>(make: (value: Value) => Made): (value: Value) => Made {
  const kept = new WeakMap<Value, Made>()
  return (value) => {
    if (!isFixed(value)) return make(value)
    let made = kept.get(value)
    if (made === undefined) {
      made = fixed(make(value))
      kept.set(value, made)
    }
    return made
  }
}
