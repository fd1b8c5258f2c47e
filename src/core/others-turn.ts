/** Lets whatever else waits go first. A store on this machine answers within one turn of the event loop, so that long work over it would keep citizens waiting. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
