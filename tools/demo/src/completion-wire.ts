/** Writes completions in the OpenAI format: one JSON object, or server-sent events. */

export interface CompletionHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly model: string;
}

export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export type FinishReason = 'stop' | 'length';

export function wireUsage(promptTokens: number, completionTokens: number): WireUsage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

export function completionBody(head: CompletionHead, content: string, finish: FinishReason, usage: WireUsage): string {
  return JSON.stringify({
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
    usage,
  });
}

export interface ChunkWriter {
  role(): string;
  content(text: string): string;
  finish(reason: FinishReason): string;
  usage(usage: WireUsage): string;
  done(): string;
}

/** With `withUsage`, every chunk has `usage: null` and an extra chunk carries the counts, as with OpenAI. */
export function createChunkWriter(head: CompletionHead, withUsage: boolean): ChunkWriter {
  const base = { id: head.id, object: 'chat.completion.chunk', created: head.created, model: head.model };
  const chunk = (delta: object, finish: FinishReason | null) =>
    event({ ...base, choices: [{ index: 0, delta, finish_reason: finish }], ...(withUsage ? { usage: null } : {}) });
  return {
    role: () => chunk({ role: 'assistant', content: '' }, null),
    content: (text) => chunk({ content: text }, null),
    finish: (reason) => chunk({}, reason),
    usage: (usage) => event({ ...base, choices: [], usage }),
    done: () => 'data: [DONE]\n\n',
  };
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

export interface WireError {
  readonly status: number;
  readonly message: string;
  readonly type: 'invalid_request_error' | 'server_error';
  readonly code: string | null;
}

export function errorBody({ message, type, code }: WireError): string {
  return JSON.stringify({ error: { message, type, param: null, code } });
}
