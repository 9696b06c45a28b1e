/** The header's menu. Escape, a click elsewhere or leaving it by keyboard closes it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';

export function Menu({ onPerson }: { onPerson: () => void }) {
  const { menu, talkToPerson } = texts.value;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const { current: frame } = box;
    if (!open || !frame) return;
    item.current?.focus();
    const onPointer = (event: Event) => {
      if (!event.composedPath().includes(frame)) setOpen(false);
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !frame.contains(relatedTarget)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // The same key would close the panel.
      event.stopPropagation();
      setOpen(false);
      toggle.current?.focus();
    };
    document.addEventListener('pointerdown', onPointer, true);
    frame.addEventListener('focusout', onFocusOut);
    frame.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer, true);
      frame.removeEventListener('focusout', onFocusOut);
      frame.removeEventListener('keydown', onKey);
    };
  }, [open]);

  return (
    <div class="menu" ref={box}>
      <button
        ref={toggle}
        type="button"
        class="tool"
        aria-label={menu}
        title={menu}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <div class="menu__list" role="menu" aria-label={menu}>
          <button
            ref={item}
            type="button"
            role="menuitem"
            class="menu__item"
            onClick={() => {
              setOpen(false);
              toggle.current?.focus();
              onPerson();
            }}
          >
            <Icon name="person" />
            {talkToPerson}
          </button>
        </div>
      )}
    </div>
  );
}
