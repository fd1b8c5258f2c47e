import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

/** A query on the way of every message, or of very many rows. */
export interface HotQuery<Row> {
  get(...parameters: SQLInputValue[]): Row | undefined
  all(...parameters: SQLInputValue[]): Row[]
}

/**
 * Reads rows as arrays and names their columns here: `node:sqlite` takes about twice as long to make an object for each
 * row. `name` gets the columns in the order of the `select`.
 */
export function hotQuery<Columns extends readonly unknown[], Row>(db: DatabaseSync, sql: string, name: (...columns: Columns) => Row): HotQuery<Row> {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return {
    get(...parameters) {
      const columns = statement.get(...parameters) as unknown as Columns | undefined
      return columns === undefined ? undefined : name(...columns)
    },
    all: (...parameters) => (statement.all(...parameters) as unknown as Columns[]).map((columns) => name(...columns)),
  }
}
