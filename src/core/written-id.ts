/** The id a file of ours says it has, also where the rest of it cannot be read; undefined where it says none. */
export const idWritten = (text: string): string | undefined => /^id:[ \t]*["']?([\w-]+)/m.exec(text)?.[1]
