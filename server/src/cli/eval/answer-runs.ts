/** A finished answer evaluation as a file. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { judgedCaseSchema } from '@firstword/shared/judged-case';
import { z } from 'zod';
import { UsageError } from '../../lib/command-line.ts';
import { parseJson } from '../../lib/parse-json.ts';

const judgedFileCaseSchema = judgedCaseSchema.omit({ found: true }).extend({
  lang: z.string(),
  /** One sentence each. */
  faults: z.array(z.string()),
});
export type JudgedFileCase = z.infer<typeof judgedFileCaseSchema>;

const runSchema = z.object({ format: z.literal('firstword-answers-1'), cases: z.array(judgedFileCaseSchema).min(1) });

export function writeRun(file: string, cases: readonly JudgedFileCase[]): void {
  try {
    writeFileSync(file, `${JSON.stringify({ format: 'firstword-answers-1', cases }, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--out ${file}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

/** @throws UsageError when the file is no run */
export function readRun(file: string): JudgedFileCase[] {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`${file}: there is no such file.`);
  const run = runSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!run.success) throw new UsageError(`${file}: is not a run. Use a file that "answers --out FILE" has written.`);
  return run.data.cases;
}
