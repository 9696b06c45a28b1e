/** One analysis' conversation with the model: ask, go on where the token limit cut, and have faults repaired once. */
import type { AnalysisContent } from '@firstword/shared/analysis';
import type { CallOwner, ChatRequest, Finish, Gateway, PromptMessage, TokenUsage } from '../gateway/chat-call.ts';
import { costUsd } from '../gateway/token-usage.ts';
import { buildContinuation, buildRepair } from './prompt.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';

export type Route = ChatRequest['route'];

/** What the calls of one analysis used, added up; kept also when they led to nothing. */
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
  /** The model's last words are missing. */
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

/** A tier's limit may be half of what an analysis needs; more pieces than that are no analysis. */
const CONTINUATIONS = 2;

/** `ask` throws `GatewayError` when no model answers. Each call is told to `onSpent` as soon as it is known. */
export function createAskModel(gateway: Gateway): AskModel {
  return async ({ prompt, route, owner, onSpent }, signal) => {
    const call = async (messages: readonly PromptMessage[]): Promise<Reply> => {
      let text = '';
      let model = { modelId: route.models[0].id, ttftMs: 0 };
      for await (const event of gateway.stream({ route, purpose: 'analysis', owner, messages, json: true }, signal)) {
        if (event.type === 'model') model = { modelId: event.modelId, ttftMs: event.ttftMs };
        if (event.type === 'text') text += event.text;
        if (event.type !== 'end') continue;
        book(event.usage, route, model.modelId, onSpent);
        return { text, finish: event.finish, ...model };
      }
      throw new Error('a stream ended without its end event');
    };

    let reply = await call(prompt);
    const first = reply;
    let text = reply.text;
    for (let piece = 0; reply.finish === 'shortened' && piece < CONTINUATIONS; piece++) {
      reply = await call(buildContinuation(prompt, text));
      // Some models begin again instead of going on.
      text = reply.text.trimStart().startsWith('{"reading"') ? reply.text : text + reply.text;
    }
    let read = bestOf(readAnswer(text), readAnswer(first.text));
    if (!isUsable(read)) read = merged(read, readAnswer((await call(buildRepair(prompt, text, read.faults))).text));
    const { parts, dropped, cut } = read;
    return { parts, dropped, cut, modelId: first.modelId, ttftMs: first.ttftMs };
  };
}

const isUsable = ({ parts }: ReadAnswer) => parts.reading !== undefined && parts.reply !== undefined;
const partCount = ({ parts }: ReadAnswer) => Object.keys(parts).length;

function bestOf(joined: ReadAnswer, first: ReadAnswer): ReadAnswer {
  return partCount(joined) >= partCount(first) ? joined : first;
}

/** The repaired parts, and the first answer's where the repair lost them. */
function merged(first: ReadAnswer, repaired: ReadAnswer): ReadAnswer {
  const better = partCount(repaired) === 0 ? first : repaired;
  return { ...better, parts: { ...first.parts, ...repaired.parts } };
}

function book(usage: TokenUsage, route: Route, modelId: string, onSpent: OnSpent): void {
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

/** @param known the part that is known when the whole is not; nothing known is never told as zero */
function costOf(whole: number | undefined, known: number | undefined): Pick<Spending, 'costUsd' | 'atLeastUsd'> {
  if (whole !== undefined) return { costUsd: whole };
  return known === undefined || known === 0 ? {} : { atLeastUsd: known };
}
