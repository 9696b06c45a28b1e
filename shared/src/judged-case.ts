/** What an evaluation finds of each test case. */
import { z } from 'zod';
import { ANSWER_KINDS } from './answer-cases.ts';

/** A fact is a text, or such an expression. */
export const FACT_EXPRESSION = /^\/(.+)\/([a-z]*)$/s;

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

/** In English, for commands and files. */
export function faultText(found: CaseFault, kind: JudgedCase['kind']): string {
  const shown = (fact: string) => (FACT_EXPRESSION.test(fact) ? fact : `"${fact}"`);
  if (found.fault === 'failed') return 'no model answered';
  if (found.fault === 'kind') return `is "${kind}", expected "${found.expected}"`;
  if (found.fault === 'not-said') return `does not say ${shown(found.text)}`;
  if (found.fault === 'said') return `says ${shown(found.text)}`;
  return `does not cite "${found.article}"`;
}
