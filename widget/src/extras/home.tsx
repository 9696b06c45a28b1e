/** The overview that covers the conversation: greeting, search in the articles, and the visitor's conversations. */
import type { Signal } from '@preact/signals';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import type { View } from '../ui/view.ts';
import { ArticlePage } from './article-page.tsx';
import { ArticleSearch } from './article-search.tsx';
import { ConversationList } from './conversation-list.tsx';
import { Cover } from './cover.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { ReplyTime } from './reply-time.tsx';

export function HomeButton({ chat, view }: { chat: Chat; view: Signal<View | undefined> }) {
  const { home, unread } = useExtraTexts();
  const { site, others = [] } = chat.outline.value;
  if (!site) return null;
  const label = others.length > 0 ? `${home} (${unread})` : home;
  return (
    <button
      type="button"
      class="tool home-button"
      aria-label={label}
      title={label}
      onClick={() => {
        view.value = { page: 'home', query: '' };
      }}
    >
      <ExtraIcon name="back" />
      {others.length > 0 && <span class="unread" />}
    </button>
  );
}

interface CoverProps {
  chat: Chat;
  view: Signal<View | undefined>;
  sourceBase: string;
  onClose: (() => void) | undefined;
  /** Another conversation is shown: its end comes into view. */
  onOpen: () => void;
}

/** What covers the conversation, if anything does. */
export function CoverPage(props: CoverProps) {
  const { view } = props;
  const { value } = view;
  if (value?.page === 'home') return <HomePage key="home" {...props} query={value.query} />;
  if (value?.page !== 'article') return null;
  const goBack = () => {
    view.value = value.back;
  };
  return <ArticlePage key={value.id} {...props} id={value.id} onBack={goBack} />;
}

function HomePage({ chat, view, query, onClose, onOpen }: CoverProps & { query: string }) {
  const { fallbackSite, fallbackGreeting } = useTexts();
  const { home } = useExtraTexts();
  const { site } = chat.outline.value;

  function open(conversationId: string | undefined) {
    const { conversationId: present, messages } = chat.outline.value;
    const stays = conversationId === present || (conversationId === undefined && messages.length === 0);
    if (!stays) chat.switchTo(conversationId);
    view.value = undefined;
    onOpen();
  }

  return (
    <Cover label={home} title={site?.name ?? fallbackSite} onClose={onClose}>
      <div>
        <p class="empty__greeting" dir="auto">
          {site?.greeting || fallbackGreeting}
        </p>
        <ReplyTime state={chat.outline.value} />
      </div>
      {site?.articles && (
        <ArticleSearch
          chat={chat}
          query={query}
          onQuery={(text) => {
            view.value = { page: 'home', query: text };
          }}
          onOpen={(id) => {
            view.value = { page: 'article', id, back: view.value };
          }}
        />
      )}
      {query.trim() === '' && <ConversationList chat={chat} open={open} />}
    </Cover>
  );
}
