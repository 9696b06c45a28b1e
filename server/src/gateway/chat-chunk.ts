/** Parses one JSON chunk of a streamed completion into events. */
import { z } from 'zod';

type FinishReason = 'complete' | 'shortened' | 'filtered' | 'tool-call' | 'failed';

/**
 * `ignored` is a chunk without content (no choices, a role, an empty delta).
 * `done`, `error`, `malformed` and `too-large` are final: nothing follows them.
 */
export type ChunkEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'tool-call' }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'usage'; readonly promptTokens: number; readonly completionTokens: number }
  | { readonly type: 'ignored' }
  | { readonly type: 'done' }
  | { readonly type: 'error'; readonly label: string }
  | { readonly type: 'malformed' }
  | { readonly type: 'too-large' };

const text = z.string().nullish();
const tokens = z.number().int().nonnegative();

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        index: z.number().nullish(),
        delta: z
          .object({
            content: text,
            reasoning_content: text,
            reasoning: text,
            tool_calls: z.array(z.unknown()).nullish(),
          })
          .nullish(),
        finish_reason: text,
      }),
    )
    .nullish(),
  // An unreadable usage is estimated later; it must not fail the answer.
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
  error: z.unknown().optional(),
});

/** Besides the four standard values, endpoints add their own. An unknown value doesn't prove a complete answer. */
const FINISH_REASONS = new Map<string, FinishReason>([
  ['stop', 'complete'],
  ['end_turn', 'complete'],
  ['stop_sequence', 'complete'],
  ['eos', 'complete'],
  ['eos_token', 'complete'],
  ['length', 'shortened'],
  ['max_tokens', 'shortened'],
  ['model_length', 'shortened'],
  ['content_filter', 'filtered'],
  ['sensitive', 'filtered'],
  ['tool_calls', 'tool-call'],
  ['function_call', 'tool-call'],
]);

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
  if (error !== undefined && error !== null) return [{ type: 'error', label: errorLabel(error) }];
  const events: ChunkEvent[] = [];
  for (const { index, delta, finish_reason: reason } of choices ?? []) {
    if (index) continue; // only one choice is requested
    const reasoning = delta?.reasoning_content || delta?.reasoning;
    if (reasoning) events.push({ type: 'reasoning', text: reasoning });
    if (delta?.content) events.push({ type: 'text', text: delta.content });
    if (delta?.tool_calls?.length) events.push({ type: 'tool-call' });
    if (reason) events.push({ type: 'finish', reason: FINISH_REASONS.get(reason) ?? 'failed' });
  }
  if (usage)
    events.push({ type: 'usage', promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens });
  return events.length > 0 ? events : IGNORED;
}

/** The text of a chunk that holds one non-empty piece of text and nothing else that matters. */
function plainText(chunk: unknown): string | undefined {
  if (!isRecord(chunk) || chunk['error'] != null || chunk['usage'] != null) return undefined;
  const choices = chunk['choices'];
  if (!Array.isArray(choices) || choices.length !== 1) return undefined;
  const choice: unknown = choices[0];
  if (!isRecord(choice) || choice['finish_reason'] != null || choice['index']) return undefined;
  const delta = choice['delta'];
  if (!isRecord(delta) || delta['tool_calls'] != null) return undefined;
  if (delta['reasoning_content'] != null || delta['reasoning'] != null) return undefined;
  const content = delta['content'];
  return typeof content === 'string' && content !== '' ? content : undefined;
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
