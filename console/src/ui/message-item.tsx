/** One message. Texts of the assistant and of agents are Markdown; those of visitors are shown as typed, with links. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { ModelCallView } from '@firstword/shared/model-calls';
import type { Message } from '@firstword/shared/wire';
import type { ComponentChildren } from 'preact';
import type { Span } from '../marks.ts';
import type { CaseNotice } from '../message-cases.ts';
import { evaluationTexts } from '../texts/evaluation-texts.ts';
import { replayTexts } from '../texts/replay-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { untilText } from '../times.ts';
import { Sources, Unsupported } from './answer-notes.tsx';
import { Avatar } from './avatar.tsx';
import { Ago } from './clock.tsx';
import { FileView } from './file-view.tsx';
import { LinkedText, MarkdownText } from './markdown-text.tsx';
import { TurnCalls } from './turn-calls.tsx';

export interface MessageItemProps {
  readonly message: Message;
  readonly conversationId: string;
  /** Whether the selected evidence is in this message. */
  readonly marked: boolean;
  /** Of the last agent's message that the visitor has read; its time may be unknown. */
  readonly seen: { readonly at?: number | undefined } | undefined;
  /** The quoted passage. */
  readonly span: Span | undefined;
  /** The visitor's rating. */
  readonly rating: TicketDetail['ratings'][number] | undefined;
  /** Shown instead of its text. */
  readonly translated?: string | undefined;
  /** The line that translates it. */
  readonly translation?: ComponentChildren;
  /** The model calls of its turn. */
  readonly calls: readonly ModelCallView[];
  /** Has other models answer it; absent where they can't. */
  readonly onReplay?: (() => void) | undefined;
  /** Adds it to the test cases; absent where it can't be one. */
  readonly onAddCase?: (() => void) | undefined;
  readonly caseNotice?: CaseNotice | undefined;
}

export function MessageItem(props: MessageItemProps) {
  const { message, conversationId, marked, seen, span, rating, translated, translation, calls } = props;
  const { onReplay, onAddCase, caseNotice } = props;
  const { from, state } = message;
  const text = translated ?? message.text;
  const shownSpan = translated === undefined ? span : undefined;
  const speaker = from === 'agent' && message.agent !== undefined ? message.agent.name : ticketTexts.speakers[from];
  const action = (text: string, named: (message: string) => string, act: () => void) => (
    <button type="button" class="link" aria-label={named(ticketTexts.message(message.seq))} onClick={act}>
      {text}
    </button>
  );
  return (
    <li
      class={`message message--${from}${marked ? ' message--marked' : ''}`}
      data-seq={message.seq}
      tabIndex={-1}
      aria-label={`${speaker}, ${ticketTexts.message(message.seq)}`}
    >
      <p class="message__head">
        {from === 'agent' && <Avatar name={speaker} picture={message.agent?.picture} decorative />}
        <span class="message__speaker">{speaker}</span>
        <Ago at={message.at} />
        {onReplay !== undefined && action(replayTexts.replay, replayTexts.replayMessage, onReplay)}
        {onAddCase !== undefined && action(evaluationTexts.addMessage, evaluationTexts.addNamed, onAddCase)}
      </p>
      {message.file !== undefined ? (
        <FileView file={message.file} conversationId={conversationId} />
      ) : from === 'assistant' || from === 'agent' ? (
        <MarkdownText text={text} span={shownSpan} />
      ) : (
        <LinkedText text={text} span={shownSpan} />
      )}
      {translation}
      {seen !== undefined && (
        <p class="message__seen">
          {seen.at === undefined ? ticketTexts.seen : ticketTexts.seenAt(untilText(seen.at, Date.now()))}
        </p>
      )}
      {state !== undefined && state !== 'done' && <p class="message__note">{ticketTexts.endedEarly[state]}</p>}
      {rating !== undefined && (
        <p class={`rating rating--${rating.value}`}>
          {ticketTexts.withComment(ticketTexts.rated[rating.value], rating.reason)}
        </p>
      )}
      {caseNotice !== undefined && (
        <p class="message__seen" role="status">
          {caseNotice.text}{' '}
          {caseNotice.undo !== undefined && (
            <button type="button" class="link" onClick={caseNotice.undo}>
              {ticketTexts.undo}
            </button>
          )}
        </p>
      )}
      <Unsupported sentences={message.unsupported ?? []} />
      <Sources citations={message.citations ?? []} />
      <TurnCalls calls={calls} />
    </li>
  );
}
