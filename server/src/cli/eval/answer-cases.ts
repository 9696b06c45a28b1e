/** Reads the cases of an answer evaluation from a file. */
import { ANSWER_KINDS } from '@firstword/shared/answer-cases';
import { z } from 'zod';
import { type AnswerCase, factSchema } from '../../evaluation/answer-case.ts';
import { UsageError } from '../../lib/command-line.ts';
import { readRows } from './jsonl.ts';

const caseSchema = z
  .strictObject({
    id: z.string().min(1),
    lang: z.string().default(''),
    question: z.string().min(1).optional(),
    /** The visitor's messages in order; the answer to the last one is judged. */
    conversation: z.array(z.string().min(1)).min(1).optional(),
    facts: z.array(factSchema).default([]),
    absent: z.array(factSchema).default([]),
    /** Ids of articles that the answer must cite, all of them. */
    cites: z.array(z.string()).default([]),
    /** `any`: only what the answer says counts. */
    kind: z.enum([...ANSWER_KINDS, 'any']).default('answered'),
    /** For readers of the file. */
    note: z.string().optional(),
  })
  .refine(({ question, conversation }) => (question === undefined) !== (conversation === undefined), {
    message: 'needs either "question" or "conversation"',
  });

export interface FileCase extends AnswerCase {
  /** Empty where the file names none. */
  readonly lang: string;
}

/** @throws UsageError with the file, and the line or the id of an invalid case */
export function readAnswerCases(file: string, articleIds: ReadonlySet<string>): FileCase[] {
  const cases = readRows(file, caseSchema).map(({ question, conversation, ...rest }) => ({
    ...rest,
    messages: conversation ?? (question === undefined ? [] : [question]),
  }));
  if (cases.length === 0) throw new UsageError(`${file}: contains no cases.`);
  const seen = new Set<string>();
  for (const { id, cites } of cases) {
    if (seen.has(id)) throw new UsageError(`${file}: the id "${id}" occurs twice. Give each case an id of its own.`);
    seen.add(id);
    const unknown = cites.find((article) => !articleIds.has(article));
    if (unknown !== undefined)
      throw new UsageError(`${file}: case "${id}": "cites" names "${unknown}", but no article has this id.`);
  }
  return cases;
}
