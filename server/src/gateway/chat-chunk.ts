/** Parses one JSON chunk of a completion, streamed or whole, into events. */
import { z } from 'zod';
import { type FinishReason, readFinishReason } from './finish-reason.ts';

/**
 * `ignored` is a chunk without content (no choices, a role, an empty delta). `retract`: the text so far was thinking.
 * `done`, `error`, `malformed` and `too-large` are final: nothing follows them.
 */
export type ChunkEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'retract' }
  | { readonly type: 'tool-call' }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | UsageEvent
  | { readonly type: 'ignored' }
  | { readonly type: 'done' }
  | { readonly type: 'error'; readonly label: string }
  | { readonly type: 'malformed' }
  | { readonly type: 'too-large' };

interface UsageEvent {
  readonly type: 'usage';
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt's tokens: read from the endpoint's cache. */
  readonly cachedTokens?: number;
  /** Whether the chunk reports nothing else, as the last one of a stream does. */
  readonly alone: boolean;
}

const text = z.string().nullish();
const tokens = z.coerce.number().int().nonnegative();
const maybeTokens = tokens.nullish().catch(undefined);

/** Some endpoints send content as parts, as Mistral does with thinking. */
const partSchema = z.record(z.string(), z.unknown());
const contentSchema = z.union([z.string(), z.array(z.unknown()), partSchema]).nullish();

const deltaSchema = z.object({
  content: contentSchema,
  reasoning_content: contentSchema,
  reasoning: contentSchema,
  refusal: text,
  tool_calls: z.array(z.unknown()).nullish(),
});

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: deltaSchema.nullish(),
        // A whole completion, although a stream was asked for.
        message: deltaSchema.nullish(),
        // The older completion format.
        text,
        finish_reason: z.unknown().optional(),
      }),
    )
    .nullish(),
  // An unreadable usage is estimated later; it must not fail the answer.
  usage: z
    .object({
      prompt_tokens: maybeTokens,
      completion_tokens: maybeTokens,
      input_tokens: maybeTokens,
      output_tokens: maybeTokens,
      prompt_tokens_details: z.object({ cached_tokens: maybeTokens }).nullish().catch(undefined),
      // DeepSeek
      prompt_cache_hit_tokens: maybeTokens,
    })
    .nullish()
    .catch(null),
  error: z.unknown().optional(),
});

const IGNORED: readonly ChunkEvent[] = [{ type: 'ignored' }];
const MALFORMED: readonly ChunkEvent[] = [{ type: 'malformed' }];

/**
 * Reads one parsed chunk. Nearly every chunk is one piece of text; that shape is checked by hand, because this runs for
 * each token and the schema costs several times as much. Other chunks go through the schema.
 */
export function readChatChunk(chunk: unknown): readonly ChunkEvent[] {
  const plain = plainText(chunk);
  if (plain !== undefined) return [{ type: 'text', text: plain }];
  const parsed = chunkSchema.safeParse(chunk);
  if (!parsed.success) return MALFORMED;
  const { choices, usage, error } = parsed.data;
  const fault = errorOf(error, chunk);
  if (fault !== undefined) return [{ type: 'error', label: errorLabel(fault) }];
  const events: ChunkEvent[] = [];
  const choice = choices?.[0]; // only one is requested
  if (choice) {
    const delta = choice.delta ?? choice.message;
    const parts = [...partsOf(delta?.reasoning_content ?? delta?.reasoning, true), ...partsOf(delta?.content, false)];
    events.push(...parts);
    if (choice.text && parts.length === 0) events.push({ type: 'text', text: choice.text });
    if (delta?.tool_calls?.length) events.push({ type: 'tool-call' });
    const reason = delta?.refusal ? 'filtered' : readFinishReason(choice.finish_reason);
    if (reason !== undefined) events.push({ type: 'finish', reason });
  }
  const reported = usage && usageEvent(usage, (choices ?? []).length === 0);
  if (reported) events.push(reported);
  return events.length > 0 ? events : IGNORED;
}

function usageEvent(usage: NonNullable<z.infer<typeof chunkSchema>['usage']>, alone: boolean): UsageEvent | undefined {
  const promptTokens = usage.prompt_tokens ?? usage.input_tokens;
  const completionTokens = usage.completion_tokens ?? usage.output_tokens;
  if (promptTokens == null || completionTokens == null) return undefined;
  const cachedTokens = usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens;
  return { type: 'usage', promptTokens, completionTokens, alone, ...(cachedTokens ? { cachedTokens } : {}) };
}

/** The text of a chunk that holds one non-empty piece of text and nothing else that matters. */
function plainText(chunk: unknown): string | undefined {
  if (!isRecord(chunk) || chunk['error'] != null || chunk['usage'] != null) return undefined;
  const choices = chunk['choices'];
  if (!Array.isArray(choices) || choices.length !== 1) return undefined;
  const choice: unknown = choices[0];
  if (!isRecord(choice) || choice['finish_reason'] != null) return undefined;
  const delta = choice['delta'];
  if (!isRecord(delta) || delta['tool_calls'] != null || delta['refusal'] != null) return undefined;
  if (delta['reasoning_content'] != null || delta['reasoning'] != null) return undefined;
  const content = delta['content'];
  return typeof content === 'string' && content !== '' ? content : undefined;
}

/** Text and thinking of a content field: text, one part, or parts, whose own content may again be parts. */
function partsOf(content: unknown, isReasoning: boolean): ChunkEvent[] {
  if (typeof content === 'string')
    return content === '' ? [] : [{ type: isReasoning ? 'reasoning' : 'text', text: content }];
  if (Array.isArray(content)) return content.flatMap((part: unknown) => partsOf(part, isReasoning));
  if (!isRecord(content)) return [];
  const thinking = content['thinking'] ?? content['reasoning'];
  if (thinking != null) return partsOf(thinking, true);
  const isThinking = isReasoning || /think|reason/.test(String(content['type'] ?? ''));
  return partsOf(content['text'], isThinking);
}

/** Values that endpoints put into `error` or `code` when there is none. */
const NO_ERROR = new Set<unknown>([undefined, null, false, '', 0, '0', 200, '200', 'ok', 'success', 'null', 'none']);

/** The error of a chunk: in its own field, or the chunk itself where it has no choices. */
function errorOf(error: unknown, chunk: unknown): unknown {
  if (isRecord(error)) {
    const stated = [error['code'], error['type'], error['status'], error['message'], error['msg']];
    const code = error['code'] ?? error['status'];
    if (code !== undefined && NO_ERROR.has(code) && code !== null) return undefined;
    return stated.every((value) => NO_ERROR.has(value)) ? undefined : error;
  }
  if (!NO_ERROR.has(error)) return error;
  if (!isRecord(chunk) || chunk['choices'] != null) return undefined;
  const says = chunk['message'] ?? chunk['msg'] ?? chunk['detail'];
  const isError =
    chunk['object'] === 'error' || (says !== undefined && !NO_ERROR.has(chunk['code'] ?? chunk['status']));
  return isError || typeof chunk['detail'] === 'string' ? chunk : undefined;
}

/** No event may follow it. */
export function isFinal({ type }: ChunkEvent): boolean {
  return type === 'done' || type === 'error' || type === 'malformed' || type === 'too-large';
}

/** The error's code or type. Its message is omitted, because endpoints repeat keys and prompts in it. */
export function errorLabel(error: unknown): string {
  if (!isRecord(error)) return 'unnamed';
  for (const name of [error['code'], error['type'], error['status']]) {
    if (typeof name === 'number' || (typeof name === 'string' && /^[a-z][a-z_.-]{1,40}$/i.test(name))) return `${name}`;
  }
  return 'unnamed';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
