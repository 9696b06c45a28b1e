/** Writes a conversation as plain text and saves it as a file. */
import { HISTORY_PAGE_MAX } from '@firstword/shared/limits';
import type { Message } from '@firstword/shared/wire';
import type { Chat } from '../chat/create-chat.ts';
import type { Texts } from '../languages/texts-en.ts';

/** One block a message: who and when, then its text, then its sources. */
export function transcript(
  messages: readonly Message[],
  texts: Pick<Texts, 'locale' | 'assistant' | 'you' | 'agent'>,
  title: string,
): string {
  const time = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'medium', timeStyle: 'short' });
  const speaker = ({ from, agent }: Message) => {
    if (from === 'visitor') return texts.you;
    if (from === 'assistant') return texts.assistant;
    return from === 'agent' ? (agent?.name ?? texts.agent) : title;
  };
  const blocks = messages.map((message) => {
    const sources = (message.citations ?? []).map(({ n, title: name, url }) => `[${n}] ${name}: ${url}`);
    return [`${speaker(message)} · ${time.format(message.at)}`, message.text.trim(), ...sources].join('\n');
  });
  return `${[title, ...blocks].join('\n\n')}\n`;
}

/** False when a part of the conversation could not be loaded. */
export async function saveTranscript(chat: Chat, texts: Texts, siteName: string): Promise<boolean> {
  const messages = await readAll(chat);
  if (!messages) return false;
  const text = transcript(messages, texts, siteName);
  saveBlob(`${siteName}.txt`, new Blob([text], { type: 'text/plain;charset=utf-8' }));
  return true;
}

/** The whole conversation, earlier pages included; undefined when a page could not be loaded. */
async function readAll(chat: Pick<Chat, 'ask' | 'outline'>): Promise<readonly Message[] | undefined> {
  const { messages, firstSeq } = chat.outline.value;
  const earlier: Message[] = [];
  for (let beforeSeq = firstSeq; beforeSeq > 1; ) {
    const answer = await chat.ask('history-read', { beforeSeq, limit: HISTORY_PAGE_MAX });
    const first = answer?.ok ? answer.messages[0] : undefined;
    if (!answer?.ok || first === undefined) return undefined;
    earlier.unshift(...answer.messages);
    beforeSeq = first.seq;
  }
  return [...earlier, ...messages];
}

export function saveBlob(name: string, blob: Blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds its own reference to the blob once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url));
}
