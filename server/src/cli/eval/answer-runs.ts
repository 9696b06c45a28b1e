/** A finished answer evaluation as a file, and the comparison of two. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../../lib/command-line.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { ANSWER_KINDS } from './answer-cases.ts';

const judgedCaseSchema = z.object({
  id: z.string(),
  lang: z.string(),
  kind: z.enum([...ANSWER_KINDS, 'failed']),
  /** What is wrong; empty when the case passed. */
  faults: z.array(z.string()),
  /** Absent for cases that name no article. */
  citesRight: z.boolean().optional(),
  /** Sentences that no article supports. */
  unsupported: z.array(z.string()),
  text: z.string(),
  citedIds: z.array(z.string()),
  /** Absent without an answer. */
  serverTtftMs: z.number().optional(),
});
export type JudgedCase = z.infer<typeof judgedCaseSchema>;

const runSchema = z.object({ format: z.literal('firstword-answers-1'), cases: z.array(judgedCaseSchema).min(1) });

export function writeRun(file: string, cases: readonly JudgedCase[]): void {
  try {
    writeFileSync(file, `${JSON.stringify({ format: 'firstword-answers-1', cases }, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--out ${file}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

/** @throws UsageError when the file is no run */
export function readRun(file: string): JudgedCase[] {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`${file}: there is no such file.`);
  const run = runSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!run.success) throw new UsageError(`${file}: is not a run. Use a file that "answers --out FILE" has written.`);
  return run.data.cases;
}

export interface RunComparison {
  /** Cases of both runs. */
  readonly compared: number;
  /** Passed before, but not now. */
  readonly worse: readonly JudgedCase[];
  /** Passed now, but not before. */
  readonly better: readonly JudgedCase[];
  /** Ids of the earlier run's cases that were not asked now. */
  readonly missing: readonly string[];
}

/** @throws UsageError when the runs have no case in common */
export function compareRuns(before: readonly JudgedCase[], now: readonly JudgedCase[]): RunComparison {
  const earlier = new Map(before.map((judged) => [judged.id, judged]));
  const both = now.filter(({ id }) => earlier.has(id));
  if (both.length === 0) throw new UsageError('The two runs have no case in common.');
  const passedBefore = ({ id }: JudgedCase) => earlier.get(id)?.faults.length === 0;
  const passes = ({ faults }: JudgedCase) => faults.length === 0;
  const ids = new Set(now.map(({ id }) => id));
  return {
    compared: both.length,
    worse: both.filter((judged) => passedBefore(judged) && !passes(judged)),
    better: both.filter((judged) => !passedBefore(judged) && passes(judged)),
    missing: before.flatMap(({ id }) => (ids.has(id) ? [] : id)),
  };
}
