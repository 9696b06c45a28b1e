/** Names the site and who answers now, and holds the menu and the way out. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';

/** The words under the site's name: who answers what the visitor writes next. */
function whoAnswers({ handler, messages }: ChatState): string {
  const { answersAtOnce, waitsForPerson, isHere, closed, person } = texts.value;
  switch (handler.handler) {
    case 'ai':
      return answersAtOnce;
    case 'waiting_human':
      return waitsForPerson;
    case 'human':
      return isHere(messages.findLast(({ from }) => from === 'agent')?.agent?.name ?? person);
    case 'closed':
      return closed;
  }
}

export function Header({ state, onPerson, onClose }: { state: ChatState; onPerson: () => void; onClose: () => void }) {
  const { fallbackSite, menu, close, talkToPerson, demo, demoMeans } = texts.value;
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const withAi = state.handler.handler === 'ai';

  useEffect(() => {
    if (!open) return;
    item.current?.focus();
    const leave = (event: Event) => {
      if (box.current && !event.composedPath().includes(box.current)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave, true);
    return () => document.removeEventListener('pointerdown', leave, true);
  }, [open]);

  return (
    <header class="header">
      <div class="header__names">
        <h2 class="header__title">{state.site?.name ?? fallbackSite}</h2>
        <p class="header__who">
          <span class={`dot dot--${state.handler.handler}`} />
          {whoAnswers(state)}
          {state.mode === 'demo' && (
            <span class="demo" title={demoMeans}>
              {demo}
            </span>
          )}
        </p>
      </div>
      {withAi && (
        <div
          class="menu"
          ref={box}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !open) return;
            event.stopPropagation();
            setOpen(false);
            toggle.current?.focus();
          }}
          onFocusOut={(event) => {
            if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget)) setOpen(false);
          }}
        >
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
      )}
      <button type="button" class="tool" aria-label={close} title={close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}
