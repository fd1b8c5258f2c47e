/** Undoes the unit in which a settlement turned out not to be possible. Never leaves a store. */
export class NotSettled extends Error {}

/** The outcome of such a unit. */
export const orRefused = <T>(unit: Promise<T>): Promise<T | 'refused'> => unit.catch((error: unknown) => {
  if (error instanceof NotSettled) return 'refused'
  throw error
})
