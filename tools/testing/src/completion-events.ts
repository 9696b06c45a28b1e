/** The events of an OpenAI-compatible stream, as text for the response. */

/** One event with this JSON as its data. */
export const event = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`;

export const delta = (content: unknown, finishReason: string | null = null) =>
  event({
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: content, finish_reason: finishReason }],
  });
export const role = delta({ role: 'assistant', content: '' });
export const says = (text: string) => delta({ content: text });
export const thinks = (text: string) => delta({ reasoning_content: text });
export const finishes = (reason = 'stop') => delta({}, reason);
export const uses = (prompt: number, completion: number) =>
  event({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } });
export const DONE = 'data: [DONE]\n\n';
