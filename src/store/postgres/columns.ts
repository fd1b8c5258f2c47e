/** Rows as one array for each column, in the order of the columns: what `unnest` takes. */
export function columnsOf<Row>(rows: readonly Row[], ...columns: ((row: Row) => unknown)[]): unknown[][] {
  return columns.map((column) => rows.map(column))
}

/** By a key of theirs; the last of a key stays. */
export const byKey = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, Row> => new Map(rows.map((row) => [key(row), row]))
