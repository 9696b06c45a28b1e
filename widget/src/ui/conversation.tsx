/** The scrolling list. It follows new text only while the visitor is at the end; otherwise a button offers to jump there. */
import { effect, type Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ChatState, conversationEnd, runningTurn } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { awaitsFirstToken, type Row, rows } from '../chat/rows.ts';
import { useTexts } from '../texts.ts';
import { Answer } from './answer.tsx';
import { EmptyState } from './empty-state.tsx';
import { Icon } from './icons.tsx';
import { MessageRow, OutgoingRow } from './message-row.tsx';
import { useAway } from './use-away.ts';
import { useExtras } from './use-extras.ts';
import { Waiting } from './waiting.tsx';

/** Distance from the end that still counts as being there. */
const NEAR_END_PX = 32;

export interface ConversationProps {
  chat: Chat;
  sourceBase: string;
  draft: Signal<string>;
  /** Counts the visitor's own sends: each brings the end into view. */
  sends: number;
  onAsk: (question: string) => void;
}

/** How far the conversation has come: the last message, and the length of the answer that is being written. */
const progress = (state: ChatState) => [state.messages.at(-1)?.seq ?? 0, runningTurn(state)?.text.length ?? 0] as const;

function drawRow(row: Row, state: ChatState, lastAnswer: string | undefined, props: ConversationProps) {
  const { chat, sourceBase, draft } = props;
  switch (row.kind) {
    case 'message':
      return <MessageRow key={row.key} message={row.message} chat={chat} sourceBase={sourceBase} />;
    case 'outgoing':
      return (
        <OutgoingRow
          key={row.key}
          outgoing={row.outgoing}
          chat={chat}
          online={state.connection.kind === 'online'}
          edit={(text) => {
            draft.value = text;
          }}
        />
      );
    case 'answer':
      return (
        <Answer
          key={row.key}
          row={row}
          chat={chat}
          sourceBase={sourceBase}
          last={row.key === lastAnswer && state.responder.responder === 'assistant'}
          rating={row.message && state.ratings[row.message.id]}
          failure={state.actionFailures[row.key]}
          shortened={state.shortened.includes(row.key)}
        />
      );
  }
}

export function Conversation(props: ConversationProps) {
  const { chat, sends, onAsk } = props;
  const { conversation, earlier, newMessages, typing, agent } = useTexts();
  const state = chat.outline.value;
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const top = useRef(0);
  const [behind, setBehind] = useState(false);

  /** Not `scrollTo`: Prototype.js replaces it with one that scrolls the page. */
  function scrollToEnd() {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }
  function toEnd() {
    follows.current = true;
    setBehind(false);
    scrollToEnd();
  }
  useEffect(() => {
    const { current: inner } = content;
    if (!inner) return;
    const observer = new ResizeObserver(() => {
      if (follows.current) scrollToEnd();
    });
    observer.observe(inner);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  // Text of the conversation counts as new; a form, a card or a page of earlier messages does not.
  useEffect(() => {
    let [lastSeq, length] = progress(chat.state.peek());
    return effect(() => {
      const [seq, now] = progress(chat.state.value);
      if (!follows.current && (seq > lastSeq || now > length)) setBehind(true);
      [lastSeq, length] = [seq, now];
    });
  }, []);
  useEffect(toEnd, [sends]);

  function onScroll() {
    const { current: outer } = box;
    if (!outer) return;
    // Text may have grown since the last scroll to the end; only scrolling up is the visitor's own.
    const movedUp = outer.scrollTop < top.current - 1;
    top.current = outer.scrollTop;
    if (follows.current && !movedUp) return;
    const atEnd = outer.scrollHeight - outer.scrollTop - outer.clientHeight < NEAR_END_PX;
    if (atEnd) setBehind(false);
    follows.current = atEnd;
  }
  /** Loading earlier messages must not move the ones being read. */
  async function showEarlier() {
    const { current: outer } = box;
    if (!outer) return;
    const fromEnd = outer.scrollHeight - outer.scrollTop;
    follows.current = false;
    await chat.showEarlier();
    requestAnimationFrame(() => {
      outer.scrollTop = outer.scrollHeight - fromEnd;
      setBehind(false);
    });
  }

  const end = conversationEnd(state);
  const { responder } = state.responder;
  const parts = useExtras(end !== undefined || responder === 'agent' || responder === 'waiting-agent');
  const away = useAway(state);
  const list = rows(state);
  const bottom = list.at(-1);
  const lastKey = bottom?.kind === 'answer' ? bottom.key : undefined;
  const agentName = state.messages.findLast(({ from }) => from === 'agent')?.agent?.name ?? agent;
  return (
    <div class="scroll">
      {/* The live region reads the answers out, so the log itself stays silent. */}
      <div
        class="scroll__box"
        ref={box}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        aria-label={conversation}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div class="scroll__content" ref={content}>
          {state.firstSeq > 1 && (
            <button type="button" class="earlier" onClick={() => void showEarlier()}>
              {earlier}
            </button>
          )}
          {list.length === 0 ? (
            <EmptyState state={state} ask={onAsk} />
          ) : (
            <ol class="list">
              {list.map((row) => drawRow(row, state, lastKey, props))}
              {awaitsFirstToken(state) && <Waiting key="waiting" />}
            </ol>
          )}
          {state.agentTyping && <p class="system">{typing(agentName)}</p>}
          {parts && responder === 'waiting-agent' && <parts.HandOffCard chat={chat} state={state} away={away} />}
          {parts && responder === 'agent' && end === undefined && <parts.AgentCard chat={chat} state={state} />}
          {parts && end !== undefined && (
            <parts.Satisfaction key={end} chat={chat} end={end} rated={state.ratedEnd === end} />
          )}
        </div>
      </div>
      {behind && (
        <button type="button" class="new-messages" onClick={toEnd}>
          <Icon name="down2" />
          {newMessages}
        </button>
      )}
    </div>
  );
}
