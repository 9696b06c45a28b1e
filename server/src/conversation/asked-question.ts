/** Asks one question of a conversation without a visitor, a turn, a ticket or a cache: for evaluations. */
import type { Region } from '@firstword/shared/catalog';
import type { Message } from '@firstword/shared/wire';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Coverage } from '../knowledge/coverage.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';
import { type AnswerParts, createAnswer } from './answer.ts';
import { createAnswerCache } from './answer-cache.ts';
import { findAnswerSources, otherLanguageOf } from './answer-sources.ts';
import { type AnswerCheck, createAnswerCheck } from './check-answer.ts';
import { marksIn } from './citation-marks.ts';
import type { AnswerGuidance } from './guidance.ts';
import type { Source } from './prompt.ts';
import type { TurnSite } from './turn-request.ts';

export interface AskedQuestion {
  readonly text: string;
  /** Earlier messages, oldest first. */
  readonly history: readonly Message[];
  readonly signal?: AbortSignal;
}

export type AskedReply =
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'handed-off'; readonly text: string; readonly serverTtftMs: number }
  | {
      readonly kind: 'answered';
      readonly text: string;
      /** What the answer may cite. */
      readonly sources: readonly Source[];
      readonly coverage: Coverage;
      readonly decision: HandOffDecision | undefined;
      /** The tier of the model that answered. */
      readonly tier: string;
      readonly modelTtftMs: number;
      /** Question → first text, without the network and the browser. */
      readonly serverTtftMs: number;
      /** Articles that the answer cites. */
      readonly citedIds: readonly string[];
    };

/** @throws the reason of the question's signal */
export type AskQuestion = (question: AskedQuestion) => Promise<AskedReply>;

export interface AskQuestionParts extends Omit<AnswerParts, 'cache' | 'onRecited'> {
  readonly site: TurnSite;
  readonly guidance?: AnswerGuidance | undefined;
  readonly region: Region;
}

/** The verdict is always awaited, so that the result does not depend on the machine. */
const HOLD_MS = 30_000;
const ANSWER_MS = 60_000;

export function createAskQuestion(parts: AskQuestionParts): AskQuestion {
  const { site, guidance, region, knowledgeOf } = parts;
  const cache = createAnswerCache({ ttlMs: 0, entries: 1 });
  const answer = createAnswer({ ...parts, cache, onRecited: () => {} });

  return async ({ text, history, signal }) => {
    const startedAt = performance.now();
    const knowledge = knowledgeOf(site.id);
    let ground = findAnswerSources(knowledge, guidance, { text, history });
    const { passages } = ground;
    const events = answer({
      owner: { siteId: site.id },
      ...{ site, text, locale: undefined, region, history, guidance },
      sources: ground.sources,
      coverage: ground.coverage,
      otherLanguage: otherLanguageOf(knowledge, guidance, { text }),
      bestPassageScore: passages[0]?.score ?? 0,
      otherArticleScore: passages.find(({ articleId }) => articleId !== passages[0]?.articleId)?.score ?? 0,
      cacheable: false,
      tickets: { within: (decision) => decision, minutesUntilNext: () => 0 },
      budget: 'ok',
      holdMs: () => HOLD_MS,
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), ...(signal === undefined ? [] : [signal])]),
    });
    let shown = '';
    let tier = '';
    let modelTtftMs = Number.NaN;
    let serverTtftMs = Number.NaN;
    let decision: HandOffDecision | undefined;
    try {
      for (let step = await events.next(); !step.done; step = await events.next()) {
        const event = step.value;
        if (event.type === 'route') tier = event.tier;
        if (event.type === 'found') ground = event;
        if (event.type === 'model') modelTtftMs = event.ttftMs;
        if (event.type === 'retract') shown = '';
        if (event.type === 'text') {
          if (shown === '') serverTtftMs = performance.now() - startedAt;
          shown += event.text;
        }
        if (event.type === 'decision') decision = event.decision;
      }
    } catch (error) {
      signal?.throwIfAborted();
      const isExpected = error instanceof GatewayError || error instanceof DOMException;
      if (!isExpected) throw error;
      return { kind: 'failed', reason: error.message };
    }
    signal?.throwIfAborted();
    if (decision?.handling === 'agent') return { kind: 'handed-off', text: shown, serverTtftMs };
    const { sources, coverage } = ground;
    const articleAt = new Map(sources.map(({ n, articleId }) => [n, articleId]));
    const citedIds = marksIn(shown).flatMap((n) => articleAt.get(n) ?? []);
    const asked = { sources, coverage, decision };
    return { kind: 'answered', text: shown, ...asked, tier, modelTtftMs, serverTtftMs, citedIds };
  };
}

/** The reply as a visitor gets it, with corrected marks, and what an evaluation looks at. */
export interface CheckedReply {
  readonly kind: 'answered' | 'not-covered' | 'agent' | 'failed';
  readonly text: string;
  readonly citedIds: readonly string[];
  readonly unsupported: readonly string[];
  readonly citations: NonNullable<Message['citations']>;
  /** The articles that the model was given. */
  readonly found: { readonly id: string; readonly title: string }[];
  readonly serverTtftMs?: number;
}

export function createReplyCheck(
  { site, knowledgeOf }: Pick<AskQuestionParts, 'site' | 'knowledgeOf'>,
  check: AnswerCheck = createAnswerCheck(),
): (reply: AskedReply) => Promise<CheckedReply> {
  return async (reply) => {
    const nothing = { citedIds: [], unsupported: [], citations: [], found: [] };
    if (reply.kind === 'failed') return { kind: 'failed', text: reply.reason, ...nothing };
    const { serverTtftMs } = reply;
    if (reply.kind === 'handed-off') return { kind: 'agent', text: reply.text, ...nothing, serverTtftMs };
    const { decision, coverage, sources } = reply;
    if (decision?.handling === 'smalltalk') return { kind: 'answered', text: reply.text, ...nothing, serverTtftMs };
    const { text, citations, unsupported } = await check(reply.text, sources, knowledgeOf(site.id));
    const opensTicket = decision?.reason !== undefined;
    return {
      kind: opensTicket ? 'agent' : coverage === 'not-covered' ? 'not-covered' : 'answered',
      text,
      citedIds: citations.flatMap(({ article }) => article ?? []),
      unsupported,
      citations: [...citations],
      found: sources.flatMap(({ articleId, title }) => (articleId === undefined ? [] : { id: articleId, title })),
      serverTtftMs,
    };
  };
}
