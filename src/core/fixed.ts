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

/** As `make`; made once for each object, and kept as long as that. `make` must be pure. */
export function onceFor<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const kept = new WeakMap<Key, { made: Made }>()
  return (key) => {
    let known = kept.get(key)
    if (known === undefined) kept.set(key, known = { made: make(key) })
    return known.made
  }
}

/** As `make`; of a frozen object it is made once, frozen, and kept as long as the object. `make` must be pure. */
export function onceForFixed<Value extends object, Made>(make: (value: Value) => Made): (value: Value) => Made {
  const kept = onceFor((value: Value) => fixed(make(value)))
  return (value) => (isFixed(value) ? kept(value) : make(value))
}
