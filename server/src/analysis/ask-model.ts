/** The model calls of one analysis: request, continuation after a token limit, and at most one repair. */
import type { AnalysisContent } from '@firstword/shared/analysis';
import type { CallOwner, ChatRequest, Finish, Gateway, PromptMessage, TokenUsage } from '../gateway/chat-call.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { costUsd } from '../gateway/token-usage.ts';
import { buildContinuation, buildRepair } from './prompt.ts';
import type { ReadAnswer } from './read-answer.ts';
import type { TextWork } from './text-work.ts';

export type Route = ChatRequest['route'];

/** Total usage of one analysis, stored even if it failed. */
export interface Spending {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly estimated: boolean;
  /** Absent when the price of any of them is unknown. */
  readonly costUsd?: number;
  /** The known part, when only a part is known. */
  readonly atLeastUsd?: number;
}

/** `limitUsd` is for budgets, which an unknown price must not switch off: input then counts like output. */
export type OnSpent = (spent: Spending, limitUsd: number) => void;

export interface ModelAnswer {
  readonly parts: Partial<AnalysisContent>;
  readonly dropped: readonly string[];
  /** The end of the model's answer is missing. */
  readonly cut: boolean;
  readonly modelId: string;
  readonly ttftMs: number;
}

export type AskModel = (
  question: { prompt: readonly PromptMessage[]; route: Route; owner: CallOwner; onSpent: OnSpent },
  signal: AbortSignal,
) => Promise<ModelAnswer>;

interface Reply {
  readonly text: string;
  readonly finish: Finish;
  readonly modelId: string;
  readonly ttftMs: number;
}

/** A tier's token limit may be half of what an analysis needs. */
const CONTINUATIONS = 2;

/** Throws `GatewayError` when no model answers. `onSpent` is called after each call. */
export function createAskModel(gateway: Gateway, { readAnswer }: Pick<TextWork, 'readAnswer'>): AskModel {
  return async ({ prompt, route, owner, onSpent }, signal) => {
    const call = async (messages: readonly PromptMessage[]): Promise<Reply> => {
      let text = '';
      let model = { modelId: route.models[0].id, ttftMs: 0 };
      for await (const event of gateway.stream({ route, purpose: 'analysis', owner, messages, json: true }, signal)) {
        if (event.type === 'model') model = { modelId: event.modelId, ttftMs: event.ttftMs };
        if (event.type === 'retract') text = '';
        if (event.type === 'text') text += event.text;
        if (event.type !== 'end') continue;
        reportSpending(event.usage, route, model.modelId, onSpent);
        return { text, finish: event.finish, ...model };
      }
      throw new Error('the gateway stream ended without an end event');
    };

    let reply = await call(prompt);
    const first = reply;
    let text = reply.text;
    for (let piece = 0; reply.finish === 'shortened' && piece < CONTINUATIONS; piece++) {
      try {
        reply = await call(buildContinuation(prompt, text));
      } catch (error) {
        if (isWithoutText(error)) break; // what there is may be enough
        throw error;
      }
      // Some models start over instead of continuing.
      text = reply.text.trimStart().startsWith('{"reading"') ? reply.text : text + reply.text;
    }
    let read = await readAnswer(text);
    if (text !== first.text) read = bestOf(read, await readAnswer(first.text));
    if (!isUsable(read))
      read = merged(read, await readAnswer((await call(buildRepair(prompt, text, read.faults))).text));
    const { parts, dropped, cut } = read;
    return { parts, dropped, cut, modelId: first.modelId, ttftMs: first.ttftMs };
  };
}

const isUsable = ({ parts }: ReadAnswer) => parts.reading !== undefined && parts.reply !== undefined;
const partCount = ({ parts }: ReadAnswer) => Object.keys(parts).length;

function bestOf(joined: ReadAnswer, first: ReadAnswer): ReadAnswer {
  return partCount(joined) >= partCount(first) ? joined : first;
}

/** The repaired parts, completed by parts of the first answer that the repair omitted. */
function merged(first: ReadAnswer, repaired: ReadAnswer): ReadAnswer {
  const better = partCount(repaired) === 0 ? first : repaired;
  return { ...better, parts: { ...first.parts, ...repaired.parts } };
}

function reportSpending(usage: TokenUsage, route: Route, modelId: string, onSpent: OnSpent): void {
  const price = route.models.find(({ id }) => id === modelId)?.price ?? {};
  const usd = costUsd(usage, price);
  const { outputUsdPerMillion = 0 } = price;
  const limitUsd =
    usd ?? costUsd(usage, { inputUsdPerMillion: outputUsdPerMillion, outputUsdPerMillion, ...price }) ?? 0;
  const output = usd === undefined ? costUsd({ ...usage, promptTokens: 0 }, price) : undefined;
  onSpent({ ...usage, ...costOf(usd, output) }, limitUsd);
}

export function addSpending(one: Spending | undefined, other: Spending): Spending {
  if (one === undefined) return other;
  const usd = one.costUsd === undefined || other.costUsd === undefined ? undefined : one.costUsd + other.costUsd;
  const known = [one, other].reduce((sum, { costUsd: whole, atLeastUsd = 0 }) => sum + (whole ?? atLeastUsd), 0);
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    estimated: one.estimated || other.estimated,
    ...costOf(usd, known),
  };
}

/** @param known the known part of an unknown total; zero is left out, because it would read as free */
function costOf(whole: number | undefined, known: number | undefined): Pick<Spending, 'costUsd' | 'atLeastUsd'> {
  if (whole !== undefined) return { costUsd: whole };
  return known === undefined || known === 0 ? {} : { atLeastUsd: known };
}

function isWithoutText(error: unknown): boolean {
  return error instanceof GatewayError && (error.code === 'only-thinking' || error.code === 'empty-response');
}
