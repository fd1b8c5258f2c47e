/** An error for the log: its name, never its message, which may quote somebody. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
