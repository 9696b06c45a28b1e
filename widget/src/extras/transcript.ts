/** Writes a conversation down as plain text and hands it to the browser as a file. */
import type { Message } from '@firstword/shared/wire';
import type { Texts } from '../texts.ts';

/** One block a message: who and when, then the words as they were said, then their sources. */
export function transcript(
  messages: readonly Message[],
  words: Pick<Texts, 'locale' | 'assistant' | 'you' | 'person'>,
  title: string,
): string {
  const time = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' });
  const speaker = ({ from, agent }: Message) => {
    if (from === 'visitor') return words.you;
    if (from === 'assistant') return words.assistant;
    return from === 'agent' ? (agent?.name ?? words.person) : title;
  };
  const blocks = messages.map((message) => {
    const sources = (message.citations ?? []).map(({ n, title: name, url }) => `[${n}] ${name}: ${url}`);
    return [`${speaker(message)} · ${time.format(message.at)}`, message.text.trim(), ...sources].join('\n');
  });
  return `${[title, ...blocks].join('\n\n')}\n`;
}

export function saveText(name: string, text: string) {
  saveBlob(name, new Blob([text], { type: 'text/plain;charset=utf-8' }));
}

export function saveBlob(name: string, blob: Blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url));
}
