/** The overview that covers the conversation: greeting, and the visitor's conversations. */
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import type { View } from '../ui/view.ts';
import { ConversationList } from './conversation-list.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';

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
        view.value = 'home';
      }}
    >
      <ExtraIcon name="back" />
      {others.length > 0 && <span class="unread" />}
    </button>
  );
}

export function Home(props: {
  chat: Chat;
  view: Signal<View | undefined>;
  onClose: (() => void) | undefined;
  /** Another conversation is shown: its end comes into view. */
  onOpen: () => void;
}) {
  return props.view.value === undefined ? null : <HomePage {...props} />;
}

function HomePage({ chat, view, onClose, onOpen }: Parameters<typeof Home>[0]) {
  const { fallbackSite, fallbackGreeting, close } = useTexts();
  const { home } = useExtraTexts();
  const { site } = chat.outline.value;
  const box = useRef<HTMLElement>(null);

  // After each drawing: what is below may have got another part.
  useLayoutEffect(() => {
    const covered = [...(box.current?.parentElement?.children ?? [])].filter(
      (each): each is HTMLElement => each instanceof HTMLElement && each !== box.current && !each.ariaLive,
    );
    for (const each of covered) each.inert = true;
    return () => {
      for (const each of covered) each.inert = false;
    };
  });
  useLayoutEffect(() => {
    const { current: element } = box;
    const panel = element?.parentElement;
    element?.focus({ preventScroll: true });
    return () => {
      // A touch keyboard would cover the conversation.
      const field = matchMedia('(pointer: coarse)').matches ? undefined : panel?.querySelector('textarea');
      (field ?? panel)?.focus({ preventScroll: true });
    };
  }, []);

  function open(conversationId: string | undefined) {
    const { conversationId: present, messages } = chat.outline.value;
    const stays = conversationId === present || (conversationId === undefined && messages.length === 0);
    if (!stays) chat.switchTo(conversationId);
    view.value = undefined;
    onOpen();
  }

  return (
    <section class="home" ref={box} tabIndex={-1} aria-label={home}>
      <header class="header">
        <h2 class="header__names header__title" key={site?.name}>
          {site?.name ?? fallbackSite}
        </h2>
        {onClose && (
          <button type="button" class="tool" aria-label={close} title={close} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="home__content">
        <p class="empty__greeting" dir="auto">
          {site?.greeting || fallbackGreeting}
        </p>
        <ConversationList chat={chat} open={open} />
      </div>
    </section>
  );
}
