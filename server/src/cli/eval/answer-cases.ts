/** The cases of an answer evaluation: what to ask, and what a right answer says, leaves out, cites and leads to. */
import { z } from 'zod';
import { UsageError } from '../../lib/command-line.ts';
import { readRows } from './jsonl.ts';

/** `not-covered`: an answer that says the articles don't cover the question. `agent`: a ticket is opened. */
export const ANSWER_KINDS = ['answered', 'not-covered', 'agent'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

const REGULAR_EXPRESSION = /^\/(.+)\/([a-z]*)$/s;

/** A text, compared without regard to case and spacing, or `/expression/flags`. */
const factSchema = z
  .string()
  .min(1)
  .superRefine((fact, context) => {
    const fault = expressionFault(fact);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

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

export interface AnswerCase {
  readonly id: string;
  readonly lang: string;
  readonly messages: readonly string[];
  readonly facts: readonly string[];
  readonly absent: readonly string[];
  readonly cites: readonly string[];
  readonly kind: AnswerKind | 'any';
}

/** @throws UsageError with the file, and the line or the id of an invalid case */
export function readAnswerCases(file: string, articleIds: ReadonlySet<string>): AnswerCase[] {
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

export interface JudgedReply {
  readonly kind: AnswerKind | 'failed';
  readonly text: string;
  readonly citedIds: readonly string[];
}

/** What is wrong with a reply, one sentence each; none if it is right. */
export function faultsOf(expected: AnswerCase, { kind, text, citedIds }: JudgedReply): string[] {
  return [
    ...(expected.kind === 'any' || kind === expected.kind ? [] : [`is "${kind}", expected "${expected.kind}"`]),
    ...expected.facts.filter((fact) => !contains(text, fact)).map((fact) => `does not say ${shown(fact)}`),
    ...expected.absent.filter((fact) => contains(text, fact)).map((fact) => `says ${shown(fact)}`),
    ...expected.cites.filter((id) => !citedIds.includes(id)).map((id) => `does not cite "${id}"`),
  ];
}

const shown = (fact: string) => (REGULAR_EXPRESSION.test(fact) ? fact : `"${fact}"`);
const plain = (text: string) => text.toLowerCase().replace(/[\s*_]+/gu, ' ');

function contains(text: string, fact: string): boolean {
  const [, source, flags] = REGULAR_EXPRESSION.exec(fact) ?? [];
  return source === undefined ? plain(text).includes(plain(fact)) : new RegExp(source, flags).test(text);
}

function expressionFault(fact: string): string | undefined {
  const [, source, flags] = REGULAR_EXPRESSION.exec(fact) ?? [];
  if (source === undefined) return undefined;
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
