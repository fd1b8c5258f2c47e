/** Lets whatever else waits go first. A store on this machine answers within one turn of the event loop, so that long work over it would keep citizens waiting. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The same for a millisecond: what came in meanwhile is also written down and answered, which takes more than one turn. For work that nobody waits for at the platforms. */
export const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
