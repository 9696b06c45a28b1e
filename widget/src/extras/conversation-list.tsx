/** The visitor's conversations: the present one, the others, and a button that starts a new one. */
import type { VisitorConversation } from '@firstword/shared/wire';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import { relativeTime } from '../ui/relative-time.ts';
import { DeleteChatQuestion } from './delete-question.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { LoadFailed } from './load-failed.tsx';

/** Undefined before the visitor's first message. */
function presentOf({ conversationId, messages, responder }: ChatState): VisitorConversation | undefined {
  const first = messages.find(({ from }) => from === 'visitor');
  const last = messages.at(-1);
  if (conversationId === undefined || !first || !last) return undefined;
  return { conversationId, firstLine: first.text, lastAt: last.at, responder: responder.responder, unread: false };
}

/** `open`: a conversation by its id, or a new one. */
export function ConversationList({ chat, open }: { chat: Chat; open: (conversationId?: string) => void }) {
  const { yourConversations, newChat } = useExtraTexts();
  const state = chat.outline.value;
  const [others, setOthers] = useState<readonly VisitorConversation[] | 'failed'>();
  const start = useRef<HTMLButtonElement>(null);
  const hasOthers = state.others !== undefined;

  async function load() {
    const answer = await chat.ask('conversations-read', {});
    setOthers(answer?.ok ? answer.conversations : 'failed');
  }
  useEffect(() => {
    if (hasOthers) void load();
    // Again when an agent has replied in one of them, or one was deleted.
  }, [hasOthers, state.others]);

  const present = presentOf(state);
  const list = [...(present ? [present] : []), ...(others === 'failed' ? [] : (others ?? []))];
  return (
    <div class="conversations">
      <button ref={start} type="button" class="home__row home__new" onClick={() => open()}>
        <ExtraIcon name="write" />
        <span class="home__line">{newChat}</span>
      </button>
      {(list.length > 0 || hasOthers) && <h3 class="home__title">{yourConversations}</h3>}
      <ul class="home__list" aria-busy={hasOthers && others === undefined}>
        {list.map((each) => (
          <li key={each.conversationId}>
            <ConversationRow
              {...{ chat, conversation: each }}
              open={() => open(each.conversationId)}
              deleted={() => {
                if (others !== undefined && others !== 'failed') setOthers(others.filter((one) => one !== each));
                start.current?.focus();
              }}
            />
          </li>
        ))}
      </ul>
      {others === 'failed' && <LoadFailed onRetry={() => void load()} />}
    </div>
  );
}

function ConversationRow(props: {
  chat: Chat;
  conversation: VisitorConversation;
  open: () => void;
  deleted: () => void;
}) {
  const { chat, conversation, open, deleted } = props;
  const { firstLine, lastAt, responder, unread: isUnread } = conversation;
  const { clockOffsetMs, site } = chat.outline.value;
  const { locale, now, waitingForAgent } = useTexts();
  const { unread, chatDelete } = useExtraTexts();
  const [asks, setAsks] = useState(false);
  const eraser = useRef<HTMLButtonElement>(null);
  const when = relativeTime(lastAt, Date.now() + clockOffsetMs, locale, now);
  return (
    <>
      <div class="home__entry">
        <button type="button" class="home__row" onClick={open}>
          <span class="home__line">
            <span class="home__first" dir="auto">
              {firstLine}
            </span>
            <span class="home__meta">
              {[when, responder === 'waiting-agent' && waitingForAgent, isUnread && unread].filter(Boolean).join(' · ')}
            </span>
          </span>
          {isUnread && <span class="unread" />}
          <Icon name="next" />
        </button>
        {site?.dataRequests && (
          <button
            ref={eraser}
            type="button"
            class="tool"
            aria-label={`${chatDelete}: ${firstLine}`}
            title={chatDelete}
            aria-expanded={asks}
            onClick={() => setAsks(!asks)}
          >
            <ExtraIcon name="erase" />
          </button>
        )}
      </div>
      {asks && (
        <DeleteChatQuestion
          chat={chat}
          conversation={conversation}
          done={(wasDeleted) => {
            setAsks(false);
            if (wasDeleted) deleted();
            else eraser.current?.focus();
          }}
        />
      )}
    </>
  );
}
