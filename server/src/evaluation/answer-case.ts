/** A case of an answer evaluation: what to ask, and what a right answer says, leaves out, cites and leads to. Pure. */
import type { AnswerKind } from '@firstword/shared/answer-cases';
import { type CaseFault, FACT_EXPRESSION } from '@firstword/shared/judged-case';
import { z } from 'zod';

/** A text, compared without regard to case and spacing, or `/expression/flags`. */
export const factSchema = z
  .string()
  .min(1)
  .superRefine((fact, context) => {
    const fault = expressionFault(fact);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

export interface AnswerCase {
  readonly id: string;
  /** The visitor's messages in order; the answer to the last one is judged. */
  readonly messages: readonly string[];
  readonly facts: readonly string[];
  readonly absent: readonly string[];
  /** Ids of articles that the answer must cite, all of them. */
  readonly cites: readonly string[];
  /** `any`: only what the answer says counts. */
  readonly kind: AnswerKind | 'any';
}

export interface JudgedReply {
  readonly kind: AnswerKind | 'failed';
  readonly text: string;
  readonly citedIds: readonly string[];
}

/** What is wrong with a reply; nothing if it is right. */
export function faultsOf(expected: AnswerCase, { kind, text, citedIds }: JudgedReply): CaseFault[] {
  if (kind === 'failed') return [{ fault: 'failed' }];
  return [
    ...(expected.kind === 'any' || kind === expected.kind ? [] : [{ fault: 'kind', expected: expected.kind } as const]),
    ...expected.facts
      .filter((fact) => !contains(text, fact))
      .map((fact) => ({ fault: 'not-said', text: fact }) as const),
    ...expected.absent.filter((fact) => contains(text, fact)).map((fact) => ({ fault: 'said', text: fact }) as const),
    ...expected.cites
      .filter((id) => !citedIds.includes(id))
      .map((article) => ({ fault: 'not-cited', article }) as const),
  ];
}

const plain = (text: string) => text.toLowerCase().replace(/[\s*_]+/gu, ' ');

function contains(text: string, fact: string): boolean {
  const [, source, flags] = FACT_EXPRESSION.exec(fact) ?? [];
  return source === undefined ? plain(text).includes(plain(fact)) : new RegExp(source, flags).test(text);
}

function expressionFault(fact: string): string | undefined {
  const [, source, flags] = FACT_EXPRESSION.exec(fact) ?? [];
  if (source === undefined) return undefined;
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
