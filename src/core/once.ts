/**
 * Makes something at the first call and gives the same to every later one. A promise counts as made, so that work under way
 * is not begun again, and one that rejects stays so. When `make` throws, the next call tries anew.
 */
export function once<Made>(make: () => Made): () => Made {
  let made: { value: Made } | null = null
  return () => (made ??= { value: make() }).value
}
