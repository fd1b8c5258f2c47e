/** What a test asks of the Worker that holds the stores. */
export type Call =
  | { do: 'open'; database: string; options: unknown }
  | { do: 'empty'; database: string }
  | { do: 'call'; store: number; port: string; args: unknown[] }

/** JSON that also carries what no store can keep: tests hand it in to see it refused. */
export const encode = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? { $bigint: String(each) } : each)) ?? 'null'
export const decode = (text: string): unknown => JSON.parse(text, (_, each: { $bigint?: string } | null) => (typeof each?.$bigint === 'string' ? BigInt(each.$bigint) : each))
