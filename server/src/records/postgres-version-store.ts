/** Versions in PostgreSQL, in a table of their own for each kind of value. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from './database.ts';
import { storedJson } from './stored-text.ts';
import type { VersionStore } from './version-store.ts';

export interface VersionTable {
  readonly name: string;
  /** The columns that hold the id and the value. */
  readonly id: string;
  readonly value: string;
}

const numberedSchema = z.object({ id: z.string(), number: z.int() });
const versionSchema = z.object({ number: z.int(), created_at: z.date(), made_by: z.string() });

/** @param schema the value as it is stored; it must read what earlier versions of the product wrote */
export function createPostgresVersionStore<Value extends object>(
  database: Database,
  { name, ...columns }: VersionTable,
  schema: z.ZodType<Value>,
): VersionStore<Value> {
  const [table, id, value] = [sql.table(name), sql.ref(columns.id), sql.ref(columns.value)];
  const storedSchema = z.object({ id: z.string(), number: z.int(), value: schema });
  const rowsOf = async <Row>(query: ReturnType<typeof sql>, row: z.ZodType<Row>): Promise<Row[]> =>
    database.query(async (db) => z.array(row).parse((await query.execute(db)).rows));
  return {
    async load(of) {
      const [row] = await rowsOf(
        sql`SELECT ${id} AS id, number, ${value} AS value FROM ${table} WHERE ${id} = ${of} ORDER BY number DESC LIMIT 1`,
        storedSchema,
      );
      return row && { number: row.number, value: row.value };
    },
    async loadAll() {
      const rows = await rowsOf(
        sql`SELECT DISTINCT ON (${id}) ${id} AS id, number, ${value} AS value FROM ${table} ORDER BY ${id}, number DESC`,
        storedSchema,
      );
      return new Map(rows.map((row) => [row.id, { number: row.number, value: row.value }]));
    },
    async loadVersion(of, number) {
      const [row] = await rowsOf(
        sql`SELECT ${id} AS id, number, ${value} AS value FROM ${table} WHERE ${id} = ${of} AND number = ${number}::int`,
        storedSchema,
      );
      return row?.value;
    },
    async save(of, given, { after, by }) {
      // One statement, and the key refuses the second of two at once.
      const rows = await rowsOf(
        sql`
          INSERT INTO ${table} (${id}, number, made_by, ${value})
          SELECT ${of}, ${after + 1}::int, ${by}, ${storedJson(given)}::jsonb
          WHERE coalesce((SELECT max(number) FROM ${table} WHERE ${id} = ${of}), 0) = ${after}::int
          ON CONFLICT DO NOTHING RETURNING ${id} AS id, number`,
        numberedSchema,
      );
      return rows.length > 0 ? 'saved' : 'conflict';
    },
    async listVersions(of, limit) {
      const rows = await rowsOf(
        sql`SELECT number, created_at, made_by FROM ${table} WHERE ${id} = ${of} ORDER BY number DESC LIMIT ${limit}::int`,
        versionSchema,
      );
      return rows.map((row) => ({ number: row.number, createdAt: row.created_at.getTime(), by: row.made_by }));
    },
    async numbers() {
      const rows = await rowsOf(
        sql`SELECT ${id} AS id, max(number)::int AS number FROM ${table} GROUP BY ${id}`,
        numberedSchema,
      );
      return new Map(rows.map((row) => [row.id, row.number]));
    },
  };
}
