/** What an evaluation finds of each test case, and the comparison of two runs. */
import { z } from 'zod';

/** `not-covered`: an answer that says the articles don't cover the question. `agent`: a ticket is opened. */
export const ANSWER_KINDS = ['answered', 'not-covered', 'agent'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

const replyKindSchema = z.enum([...ANSWER_KINDS, 'failed']);

/** What is wrong with a reply. */
export const caseFaultSchema = z.discriminatedUnion('fault', [
  /** No model answered; the reply's text is the reason. */
  z.object({ fault: z.literal('failed') }),
  z.object({ fault: z.literal('kind'), expected: z.enum(ANSWER_KINDS) }),
  z.object({ fault: z.literal('not-said'), text: z.string() }),
  z.object({ fault: z.literal('said'), text: z.string() }),
  z.object({ fault: z.literal('not-cited'), article: z.string() }),
]);
export type CaseFault = z.infer<typeof caseFaultSchema>;

export const judgedCaseSchema = z.object({
  id: z.string(),
  kind: replyKindSchema,
  /** Empty when the case passed. */
  faults: z.array(caseFaultSchema),
  /** Absent for cases that name no article. */
  citesRight: z.boolean().exactOptional(),
  /** Sentences that no article supports. */
  unsupported: z.array(z.string()),
  text: z.string(),
  citedIds: z.array(z.string()),
  /** The articles that the model was given. */
  found: z.array(z.object({ id: z.string(), title: z.string() })),
  /** Absent without an answer. */
  serverTtftMs: z.number().exactOptional(),
});
export type JudgedCase = z.infer<typeof judgedCaseSchema>;

interface Judged {
  readonly id: string;
  readonly faults: readonly unknown[];
}

export interface RunComparison<Case extends Judged> {
  /** Cases of both runs. */
  readonly compared: number;
  /** Passed before, but not now. */
  readonly worse: readonly Case[];
  /** Passed now, but not before. */
  readonly better: readonly Case[];
  /** Ids of the earlier run's cases that were not asked now. */
  readonly missing: readonly string[];
}

export function compareRuns<Case extends Judged>(before: readonly Judged[], now: readonly Case[]): RunComparison<Case> {
  const earlier = new Map(before.map((judged) => [judged.id, judged]));
  const both = now.filter(({ id }) => earlier.has(id));
  const passedBefore = ({ id }: Judged) => earlier.get(id)?.faults.length === 0;
  const passes = ({ faults }: Judged) => faults.length === 0;
  const ids = new Set(now.map(({ id }) => id));
  return {
    compared: both.length,
    worse: both.filter((judged) => passedBefore(judged) && !passes(judged)),
    better: both.filter((judged) => !passedBefore(judged) && passes(judged)),
    missing: before.flatMap(({ id }) => (ids.has(id) ? [] : id)),
  };
}
