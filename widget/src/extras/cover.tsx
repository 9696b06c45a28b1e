/** A page that covers the conversation, which is inert meanwhile. */
import { isComposing } from '@firstword/shared/composing';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useTexts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';

export function Cover(props: {
  /** For screen readers. */
  label: string;
  title: string;
  /** No button to go back if undefined. */
  onBack?: () => void;
  onClose: (() => void) | undefined;
  children: ComponentChildren;
}) {
  const { label, title, onBack, onClose, children } = props;
  const { close } = useTexts();
  const { back } = useExtraTexts();
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
      // Another cover takes the focus itself. A touch keyboard would hide the conversation.
      const field = matchMedia('(pointer: coarse)').matches ? undefined : panel?.querySelector('textarea');
      (field ?? panel)?.focus({ preventScroll: true });
    };
  }, []);

  return (
    <section
      class="cover"
      ref={box}
      tabIndex={-1}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event) || !onBack) return;
        // Otherwise Escape would close the panel.
        event.stopPropagation();
        event.preventDefault();
        onBack();
      }}
    >
      <header class="header">
        {onBack && (
          <button type="button" class="tool cover__back" aria-label={back} title={back} onClick={onBack}>
            <ExtraIcon name="back" />
          </button>
        )}
        <h2 class="header__names header__title" key={title} dir="auto">
          {title}
        </h2>
        {onClose && (
          <button type="button" class="tool" aria-label={close} title={close} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="cover__content">{children}</div>
    </section>
  );
}
