/** The open list of the header's menu. Escape, a click elsewhere or leaving it by keyboard closes it; the arrow keys move within it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { Icon } from '../ui/icons.tsx';
import type { MenuEntry } from '../ui/menu-entry.ts';
import { DeleteChatQuestion, DeleteDataQuestion } from './delete-question.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { MailEntry } from './mail-entry.tsx';
import { OwnDataEntries } from './own-data-entries.tsx';

export function MenuList(props: {
  label: string;
  chat: Chat;
  entries: readonly MenuEntry[];
  /** `toFocus`: whether the focus returns to the menu's button. */
  close: (toFocus: boolean) => void;
}) {
  const { label, chat, entries, close } = props;
  const [deletes, setDeletes] = useState<'chat' | 'data'>();
  const texts = useExtraTexts();
  const { site, messages, contact, conversationId, responder } = chat.outline.value;
  const list = useRef<HTMLDivElement>(null);

  // Before paint: a key pressed in between would reach the panel, or a list that is gone.
  useLayoutEffect(() => {
    const frame = list.current?.parentElement;
    if (!frame) return;
    const items = () => [...frame.querySelectorAll<HTMLElement>('.menu__item')];
    if (!deletes) items()[0]?.focus();
    const onPointer = (event: Event) => {
      if (!event.composedPath().includes(frame)) close(false);
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !frame.contains(relatedTarget)) close(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        // Otherwise Escape would close the panel, too, or the page's own dialog around the widget.
        event.stopPropagation();
        event.preventDefault();
        return close(true);
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const all = items();
      const at = all.findIndex((item) => item.matches(':focus'));
      all.at((at + step) % all.length)?.focus();
    };
    // The document sees those of the page, the shadow root those of the widget.
    const places = [document, frame.getRootNode()];
    for (const place of places) place.addEventListener('pointerdown', onPointer, true);
    frame.addEventListener('focusout', onFocusOut);
    frame.addEventListener('keydown', onKey);
    return () => {
      for (const place of places) place.removeEventListener('pointerdown', onPointer, true);
      frame.removeEventListener('focusout', onFocusOut);
      frame.removeEventListener('keydown', onKey);
    };
  }, [deletes]);
  const done = () => close(true);

  if (deletes)
    return (
      <div ref={list} class="menu__list">
        {deletes === 'data' || conversationId === undefined ? (
          <DeleteDataQuestion chat={chat} done={done} />
        ) : (
          <DeleteChatQuestion
            chat={chat}
            conversation={{ conversationId, responder: responder.responder }}
            done={done}
          />
        )}
      </div>
    );
  return (
    <div ref={list} class="menu__list" role="menu" aria-label={label}>
      {entries.map(({ icon, label: name, act, checked }) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked is set only where the role is menuitemcheckbox
        <button
          key={icon}
          type="button"
          role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
          aria-checked={checked}
          class="menu__item"
          onClick={() => {
            close(true);
            act();
          }}
        >
          <ExtraIcon name={icon} />
          <span class="menu__label">{texts[name]}</span>
          {checked && <Icon name="check" />}
        </button>
      ))}
      {contact?.confirmed && site?.mail && messages.length > 0 && <MailEntry chat={chat} email={contact.email} />}
      {messages.length > 0 && (
        <button
          type="button"
          role="menuitem"
          class="menu__item"
          onClick={() => {
            close(true);
            chat.switchTo();
          }}
        >
          <ExtraIcon name="write" />
          <span class="menu__label">{texts.newChat}</span>
        </button>
      )}
      {site?.dataRequests && messages.length > 0 && conversationId !== undefined && (
        <button type="button" role="menuitem" class="menu__item" onClick={() => setDeletes('chat')}>
          <ExtraIcon name="erase" />
          <span class="menu__label">{texts.chatDelete}</span>
        </button>
      )}
      {site?.dataRequests && <OwnDataEntries chat={chat} onDelete={() => setDeletes('data')} done={done} />}
    </div>
  );
}
