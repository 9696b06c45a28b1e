/** The conversation, with agents' notes in order of time. Follows new messages only while it is scrolled to the end. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { languageOf } from '@firstword/shared/language';
import type { Message } from '@firstword/shared/wire';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { callsByTurn } from '../calls.ts';
import { lastSeen, type OpenTicket } from '../open-ticket.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { caseOpener } from './case-opener.ts';
import { MessageItem } from './message-item.tsx';
import { NoteItem } from './note-item.tsx';
import { replayOpener } from './replay-opener.ts';
import { RunningAnswerItem } from './running-answer-item.tsx';
import { isAtEnd, useStayAtEnd } from './scrolled-to-end.ts';
import { TranslationLine } from './translation-line.tsx';

export interface ConversationProps {
  readonly workspace: Workspace;
  readonly openTicket: OpenTicket;
  readonly detail: TicketDetail;
}

export function Conversation({ workspace, openTicket, detail }: ConversationProps) {
  const { messages, notes, ratings, satisfaction } = detail;
  const { marked, visitorTyping, answer } = openTicket;
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  useStayAtEnd(box, atEnd);

  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [messages.length, notes.length, visitorTyping, answer?.text]);
  useLayoutEffect(() => {
    if (marked === undefined) return;
    const message = box.current?.querySelector<HTMLElement>(`[data-seq="${marked.seq}"]`);
    message?.focus({ preventScroll: true });
    (message?.querySelector('mark') ?? message)?.scrollIntoView({ block: 'center' });
  }, [marked]);

  const seen = lastSeen(detail);
  const calls = useMemo(
    () => (openTicket.calls === undefined ? undefined : callsByTurn(openTicket.calls)),
    [openTicket.calls],
  );
  const { conversationId, siteId } = detail.ticket;
  const replayOf = replayOpener(workspace, { conversationId, siteId, messages, calls });
  const caseOf = caseOpener(workspace, { conversationId, siteId, messages });
  const { translations } = workspace;
  const language = detail.ticket.language ?? detail.ticket.locale;
  const own = languageOf(navigator.language);
  const isForeign =
    language !== undefined && languageOf(language) !== own && workspace.situation.value.readOnly !== true;
  const translationOf = (message: Message) => {
    if (!isForeign || message.from === 'system' || message.file !== undefined) return {};
    const translation = translations.byMessage.value.get(message.id);
    const onToggle = () => void translations.toggle(message, own);
    return {
      ...(translation?.isShown === true && translation.text !== '' ? { translated: translation.text } : {}),
      translation: <TranslationLine {...{ message, language, translation, onToggle }} />,
    };
  };
  const entries = [
    ...messages.map((message) => ({ at: message.at, seq: message.seq, message })),
    ...notes.map((note) => ({ at: note.at, seq: Number.POSITIVE_INFINITY, note })),
  ].toSorted((one, other) => one.at - other.at || one.seq - other.seq);

  return (
    <section
      class="talk"
      aria-label={ticketTexts.conversation}
      ref={box}
      onScroll={({ currentTarget }) => {
        atEnd.current = isAtEnd(currentTarget);
      }}
    >
      {entries.length === 0 && <p class="talk__empty">{ticketTexts.emptyConversation}</p>}
      <ol class="talk__list">
        {entries.map((entry) =>
          'message' in entry ? (
            <MessageItem
              key={entry.message.id}
              message={entry.message}
              {...translationOf(entry.message)}
              conversationId={detail.ticket.conversationId}
              marked={marked?.seq === entry.seq}
              seen={entry.seq === seen ? { at: detail.seenAt } : undefined}
              rating={ratings.find(({ messageId }) => messageId === entry.message.id)}
              calls={(entry.message.turnId !== undefined && calls?.get(entry.message.turnId)) || []}
              onReplay={replayOf(entry.message)}
              {...caseOf(entry.message)}
              span={marked?.seq === entry.seq ? marked.span : undefined}
            />
          ) : (
            <NoteItem key={`note-${entry.at}`} note={entry.note} />
          ),
        )}
        {answer !== undefined && <RunningAnswerItem key={answer.turnId} answer={answer} />}
      </ol>
      {satisfaction !== undefined && (
        <p class="talk__satisfaction">
          {ticketTexts.withComment(ticketTexts.satisfaction(satisfaction.score), satisfaction.comment)}
        </p>
      )}
      {visitorTyping && <p class="talk__typing">{ticketTexts.visitorTyping}</p>}
    </section>
  );
}
