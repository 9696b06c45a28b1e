/** Answers an analysis request by extraction: what the visitor wrote, shortened, as a JSON object. */
import type { EngineMessage } from './completion-request.ts';

/** Characters of a field; an analysis is read at a glance. */
const FIELD_MAX = 240;

export function composeAnalysis(messages: readonly EngineMessage[]): string {
  const said = messages.filter(({ role }) => role === 'user').map(({ content }) => content.trim());
  const last = said.at(-1) ?? '';
  return JSON.stringify({
    summary: shorten(said.join(' ')),
    customerGoal: shorten(lastSentence(last)),
    engine: 'demo',
  });
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= FIELD_MAX ? line : `${line.slice(0, FIELD_MAX - 1).trimEnd()}…`;
}

function lastSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+/).at(-1) ?? '';
}
