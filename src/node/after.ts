/** Does `work` after so many milliseconds, unless what it returns is called before. */
export function after(time: number, work: () => void): () => void {
  const timer = setTimeout(work, time)
  return () => clearTimeout(timer)
}
