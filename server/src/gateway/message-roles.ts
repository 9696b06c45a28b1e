/** Arranges messages as a model's chat template accepts them. Pure. */
import type { ModelProfile } from '../routing/model-profile.ts';
import type { PromptMessage } from './chat-call.ts';

/**
 * At most one `system` message, which comes first. Unless `roles` is `any`, the others begin with `user` and alternate:
 * strict templates refuse everything else. An assistant's message before the first of the user is left out.
 */
export function arrangeMessages(
  messages: readonly PromptMessage[],
  { system = 'role', roles = 'alternate' }: Pick<ModelProfile, 'system' | 'roles'>,
): readonly PromptMessage[] {
  const instructions = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const talk = messages.filter(({ role }) => role !== 'system');
  const arranged = roles === 'any' ? talk : alternating(talk);
  if (instructions.length === 0) return arranged;
  const text = instructions.join('\n\n');
  if (system === 'role') return [{ role: 'system', content: text }, ...arranged];
  const [first, ...others] = arranged;
  return first?.role === 'user'
    ? [{ role: 'user', content: `${text}\n\n${first.content}` }, ...others]
    : [{ role: 'user', content: text }, ...arranged];
}

function alternating(talk: readonly PromptMessage[]): PromptMessage[] {
  const merged: PromptMessage[] = [];
  for (const message of talk) {
    const last = merged.at(-1);
    if (last?.role === message.role)
      merged[merged.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` };
    else if (last !== undefined || message.role === 'user') merged.push(message);
  }
  return merged;
}

/** Characters kept of a long last message: its beginning holds the best article, its end the question. */
const KEPT_CHARS = [6000, 2500] as const;
const KEPT_END_CHARS = 1500;

/**
 * Fits a conversation into a smaller context: the first level keeps one exchange of the history, the second none; the last
 * message loses its middle.
 */
export function shortenMessages(messages: readonly PromptMessage[], level: 1 | 2): readonly PromptMessage[] {
  const instructions = messages.filter(({ role }) => role === 'system');
  const talk = messages.filter(({ role }) => role !== 'system').slice(level === 1 ? -3 : -1);
  const kept = KEPT_CHARS[level - 1] ?? 0;
  return [
    ...instructions,
    ...talk.map(({ role, content }) => ({
      role,
      content:
        content.length <= kept + KEPT_END_CHARS
          ? content
          : `${content.slice(0, kept)}\n[…]\n${content.slice(-KEPT_END_CHARS)}`,
    })),
  ];
}
