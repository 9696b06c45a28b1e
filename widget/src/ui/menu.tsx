/** The header's menu button. Its list is fetched on demand, as soon as a pointer or the focus comes near. */
import { useContext, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';
import type { MenuEntry } from './menu-entry.ts';
import { ExtrasContext, useExtras } from './use-extras.ts';

export function Menu({ chat, entries }: { chat: Chat; entries: () => readonly MenuEntry[] }) {
  const { menu } = useTexts();
  const [open, setOpen] = useState(false);
  const loader = useContext(ExtrasContext);
  const extras = useExtras(open);
  const toggle = useRef<HTMLButtonElement>(null);
  const approach = () => void loader?.load();
  function close(toFocus: boolean) {
    setOpen(false);
    if (toFocus) toggle.current?.focus();
  }
  return (
    <div class="menu">
      <button
        ref={toggle}
        type="button"
        class="tool"
        aria-label={menu}
        title={menu}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={approach}
        onFocus={approach}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && extras && <extras.MenuList label={menu} chat={chat} entries={entries()} close={close} />}
    </div>
  );
}
