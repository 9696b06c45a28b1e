/** Reads JSONL files row by row against a schema, so that a bad row is named by file and line. */
import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';

/** Something the caller typed or a file they named cannot be used; the message is fit to be shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError naming the file, and the line where a row does not fit */
export function readRows<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file`);
  const rows: Row[] = [];
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    const parsed = schema.safeParse(parseJson(line, place));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new UsageError(`${place}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'does not fit'}`);
    }
    rows.push(parsed.data);
  }
  return rows;
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UsageError(`${place}: is not JSON`);
  }
}
