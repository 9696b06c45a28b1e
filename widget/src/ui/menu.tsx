/** The header's menu button. Its list is fetched on demand, as soon as a pointer or the focus comes near. */
import { useRef, useState } from 'preact/hooks';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';
import type { MenuEntry } from './menu-entry.ts';
import { useExtras } from './use-extras.ts';

export function Menu({ entries }: { entries: () => readonly MenuEntry[] }) {
  const { menu } = useTexts();
  const [open, setOpen] = useState(false);
  const [near, setNear] = useState(false);
  const extras = useExtras(open || near);
  const toggle = useRef<HTMLButtonElement>(null);
  const approach = () => setNear(true);
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
      {open && extras && <extras.MenuList label={menu} entries={entries()} close={close} />}
    </div>
  );
}
