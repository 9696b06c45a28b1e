/** The header's menu. Escape, a click elsewhere or leaving it by keyboard closes it; the arrow keys move within it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { Icon, type IconName } from './icons.tsx';

/** One line of the menu; `checked` makes it a switch. */
export function MenuItem(props: {
  icon: IconName;
  label: string;
  close: () => void;
  act: () => void;
  checked?: boolean;
}) {
  const { icon, label, close, act, checked } = props;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked stands only where the role is menuitemcheckbox
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={checked}
      class="menu__item"
      onClick={() => {
        close();
        act();
      }}
    >
      <Icon name={icon} />
      <span class="menu__label">{label}</span>
      {checked && <Icon name="check" />}
    </button>
  );
}

/** `children` gets what closes the menu. */
export function Menu({ children }: { children: (close: () => void) => ComponentChildren }) {
  const { menu } = texts.value;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  function close() {
    setOpen(false);
    toggle.current?.focus();
  }

  // Before paint: a key pressed in between would reach the panel, or a list that is gone.
  useLayoutEffect(() => {
    const { current: frame } = box;
    if (!open || !frame) return;
    const items = () => [...frame.querySelectorAll<HTMLElement>('.menu__item')];
    items()[0]?.focus();
    const onPointer = (event: Event) => {
      if (!event.composedPath().includes(frame)) setOpen(false);
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !frame.contains(relatedTarget)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        // Otherwise Escape would close the panel, too.
        event.stopPropagation();
        return close();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const all = items();
      const at = all.findIndex((item) => item.matches(':focus'));
      all.at((at + step) % all.length)?.focus();
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
          {children(close)}
        </div>
      )}
    </div>
  );
}
