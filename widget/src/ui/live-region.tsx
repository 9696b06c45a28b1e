/** Announces answers and agents' messages to screen readers, each sentence once; the visible list stays silent. */
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { rows } from '../chat/rows.ts';
import { useTexts } from '../texts.ts';
import { spokenSentences } from './spoken-sentences.ts';

/** Older sentences have been read already. */
const KEPT = 6;

export function LiveRegion({ chat, notice }: { chat: Chat; notice: string }) {
  const { agent } = useTexts();
  const agentName = useRef(agent);
  agentName.current = agent;
  const region = useRef<HTMLDivElement>(null);
  const spoken = useRef<Map<string, number>>(undefined);
  /** Messages up to this one are history and are not announced. */
  const newsAfter = useRef(0);
  const conversation = useRef<string>(undefined);

  function announce(sentence: string) {
    const line = document.createElement('p');
    line.textContent = sentence;
    const { current: list } = region;
    list?.appendChild(line);
    while (list?.firstChild && list.childElementCount > KEPT) list.removeChild(list.firstChild);
  }
  function announceNew(state: ChatState) {
    if (state.conversationId === undefined) return;
    if (state.conversationId !== conversation.current) {
      conversation.current = state.conversationId;
      spoken.current = undefined;
    }
    if (spoken.current === undefined) newsAfter.current = state.messages.at(-1)?.seq ?? 0;
    const done = spoken.current ?? new Map<string, number>();
    spoken.current = done;
    for (const row of rows(state)) {
      const from = done.get(row.key) ?? 0;
      if (row.kind !== 'outgoing' && (row.message?.seq ?? Number.POSITIVE_INFINITY) <= newsAfter.current) continue;
      if (row.kind === 'answer') {
        const whole = row.turn?.state !== 'running';
        const { sentences, upTo } = spokenSentences(row.text, from, whole);
        if (upTo > from) sentences.forEach(announce);
        done.set(row.key, Math.max(from, upTo));
      } else if (row.kind === 'message' && row.message.from !== 'visitor' && from === 0) {
        done.set(row.key, 1);
        const name = row.message.from === 'agent' ? `${row.message.agent?.name ?? agentName.current}: ` : '';
        announce(name + (row.message.file?.name ?? row.message.text));
      }
    }
  }
  useEffect(() => effect(() => announceNew(chat.state.value)), []);
  useEffect(() => {
    if (notice) announce(notice);
  }, [notice]);

  return <div class="unseen" ref={region} aria-live="polite" />;
}
