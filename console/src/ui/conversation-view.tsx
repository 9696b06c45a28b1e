/** A conversation as its visitor saw it, to read: messages with sources, ratings, files and model calls. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { callsByTurn } from '../calls.ts';
import { foundSpan, type OpenConversation } from '../open-conversation.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { conversationTexts, failureText } from '../texts/conversation-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { caseOpener } from './case-opener.ts';
import { ConversationHead } from './conversation-head.tsx';
import { LoadMore } from './load-more.tsx';
import { MessageItem } from './message-item.tsx';
import { Placeholder } from './placeholder.tsx';
import { replayOpener } from './replay-opener.ts';
import { RunningAnswerItem } from './running-answer-item.tsx';
import { isAtEnd, useStayAtEnd } from './scrolled-to-end.ts';

export function ConversationView({ workspace }: { workspace: Workspace }) {
  const { reader } = workspace.conversations;
  const open = reader.current.value;
  const box = useRef<HTMLElement>(null);
  const loaded = open?.detail === undefined ? undefined : open.id;

  // On a narrow screen, the list with the focused row is hidden now, so the conversation takes the focus.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (loaded !== undefined && !(focused?.checkVisibility() && focused !== document.body)) box.current?.focus();
  }, [loaded]);

  const onBack = open && workspace.conversations.leave;
  if (open === undefined)
    return <Placeholder title={conversationTexts.noneTitle} text={conversationTexts.none} onBack={onBack} />;
  if (open.detail === undefined && open.failure === 'not-found')
    return <Placeholder title={conversationTexts.notFound} text={conversationTexts.notFoundHint} onBack={onBack} />;
  if (open.detail === undefined && open.failure !== undefined)
    return (
      <Placeholder title={conversationTexts.notLoaded} text={failureText(open.failure)} onBack={onBack}>
        <button type="button" class="button button--plain" onClick={reader.refresh}>
          {commonTexts.tryAgain}
        </button>
      </Placeholder>
    );
  if (open.detail === undefined) return <Placeholder title={commonTexts.loading} onBack={onBack} />;
  return (
    <section ref={box} class="ticket" tabIndex={-1} aria-label={ticketTexts.conversation}>
      <ConversationHead workspace={workspace} open={open} detail={open.detail} />
      {open.failure !== undefined && (
        <p class="notice notice--failed" role="alert">
          {failureText(open.failure)}
        </p>
      )}
      <Messages key={open.id} workspace={workspace} open={open} />
    </section>
  );
}

function Messages({ workspace, open }: { workspace: Workspace; open: OpenConversation }) {
  const { reader, match } = workspace.conversations;
  const { detail, earlier, answer } = open;
  const messages = detail?.messages ?? [];
  const first = messages[0]?.seq;
  const found = match.value;
  const isFoundLoaded = messages.some(({ seq }) => seq === found?.seq);
  const box = useRef<HTMLElement>(null);
  const before = useRef({ first, height: 0 });
  const atEnd = useRef(true);
  useStayAtEnd(box, atEnd);

  useLayoutEffect(() => {
    const talk = box.current;
    if (talk === null) return;
    const { height } = before.current;
    if (height === 0) talk.scrollTo({ top: talk.scrollHeight });
    // Earlier messages were added above what is being read.
    else if (first !== before.current.first) talk.scrollTop += talk.scrollHeight - height;
    else if (atEnd.current) talk.scrollTo({ top: talk.scrollHeight });
    before.current = { first, height: talk.scrollHeight };
  }, [first, messages.length, answer?.text]);
  useLayoutEffect(() => {
    if (found === undefined || !isFoundLoaded) return;
    const message = box.current?.querySelector<HTMLElement>(`[data-seq="${found.seq}"]`);
    (message?.querySelector('mark') ?? message)?.scrollIntoView({ block: 'center' });
  }, [found?.seq, found?.excerpt, isFoundLoaded]);

  const calls = useMemo(() => (open.calls === undefined ? undefined : callsByTurn(open.calls)), [open.calls]);
  if (detail === undefined) return null;
  const { ratings, conversation } = detail;
  const { id: conversationId, siteId } = conversation;
  const replayOf = replayOpener(workspace, { conversationId, siteId, messages, calls });
  const caseOf = caseOpener(workspace, { conversationId, siteId, messages });
  const { satisfaction } = conversation;
  return (
    <section
      class="talk talk--read"
      aria-label={conversationTexts.messages(conversation.lastSeq)}
      ref={box}
      onScroll={({ currentTarget }) => {
        atEnd.current = isAtEnd(currentTarget);
      }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable with the keyboard
      tabIndex={0}
    >
      {detail.earlier && (
        <LoadMore
          label={conversationTexts.loadingEarlier}
          busy={earlier === 'loading'}
          failed={earlier === 'failed' ? conversationTexts.earlierFailed : undefined}
          onMore={reader.earlier}
        />
      )}
      {messages.length === 0 && <p class="talk__empty">{ticketTexts.emptyConversation}</p>}
      <ol class="talk__list">
        {messages.map((message) => (
          <MessageItem
            key={message.id}
            message={message}
            conversationId={open.id}
            marked={message.seq === found?.seq}
            seen={undefined}
            span={found?.seq === message.seq ? foundSpan(message.text, found) : undefined}
            rating={ratings.find(({ messageId }) => messageId === message.id)}
            calls={(message.turnId !== undefined && calls?.get(message.turnId)) || []}
            onReplay={replayOf(message)}
            {...caseOf(message)}
          />
        ))}
        {answer !== undefined && <RunningAnswerItem key={answer.turnId} answer={answer} />}
      </ol>
      {satisfaction !== undefined && (
        <p class="talk__satisfaction">
          {ticketTexts.withComment(ticketTexts.satisfaction(satisfaction.score), satisfaction.comment)}
        </p>
      )}
    </section>
  );
}
