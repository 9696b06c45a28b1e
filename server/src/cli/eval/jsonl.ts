/** Reads JSON lines against a schema; the error for a bad row names file and line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { UsageError } from '../../lib/command-line.ts';
import { parseJson } from '../../lib/parse-json.ts';

/** @throws UsageError with the file, and the line of an invalid row */
export function readRows<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file.`);
  const rows: Row[] = [];
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    const value = parseJson(line);
    if (value === undefined) throw new UsageError(`${place}: not valid JSON.`);
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new UsageError(`${place}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`);
    }
    rows.push(parsed.data);
  }
  return rows;
}

/** The `.jsonl` files of a folder by name; none where it is missing. */
export function jsonlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(folder, name));
}
