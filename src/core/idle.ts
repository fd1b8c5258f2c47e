/** Lets others wait until nothing is under way. Whoever works calls `settle` whenever something has ended. */
export function whenIdle(busy: () => boolean): { settle(): void; idle(): Promise<void> } {
  let waiters: (() => void)[] = []
  function settle(): void {
    if (busy()) return
    const done = waiters
    waiters = []
    for (const resolve of done) resolve()
  }
  return {
    settle,
    idle: () => new Promise((resolve) => {
      waiters.push(resolve)
      settle()
    }),
  }
}
