/** The views of tickets and of conversations, and those that the agent has saved. */
import type { SavedView } from '@firstword/shared/saved-view';
import type { TicketView } from '@firstword/shared/ticket-views';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filterQuery } from '../conversation-filter.ts';
import { queryOf } from '../list-filter.ts';
import { filterTexts as texts } from '../texts/filter-texts.ts';
import { listTexts } from '../texts/list-texts.ts';
import { readTicketView } from '../ticket-filter.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';

const TICKET_VIEWS = ['review', 'mine', 'unassigned', 'open', 'waiting', 'snoozed', 'resolved', 'done'] as const;

export function ViewMenu({ workspace }: { workspace: Workspace }) {
  const { list, savedViews, router } = workspace;
  const [open, setOpen] = useState(false);
  const panel = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { counts } = list.ticketRows.value;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  // A layout effect, so that a key pressed before the next paint closes it.
  useLayoutEffect(() => {
    if (!open) return;
    void savedViews.load();
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    const leaveByKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    document.addEventListener('keydown', leaveByKey);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      document.removeEventListener('keydown', leaveByKey);
    };
  }, [open, savedViews]);
  const showTickets = (view: TicketView, filter = {}) => {
    close();
    router.go(router.ticketId.value);
    void list.show(view, filter);
  };
  const showConversations = (query: string) => {
    close();
    router.show('conversations');
    router.filterConversations(query, 'push');
  };
  const show = (view: SavedView) => {
    if (view.list === 'conversations') return showConversations(queryOf(view.filter));
    const { view: name, filter } = readTicketView(view.filter);
    showTickets(name, filter);
  };
  const own = savedViews.views.value;
  return (
    <div class="view-menu" ref={box}>
      <button
        type="button"
        class="button button--plain view-menu__button"
        aria-expanded={open}
        aria-controls={panel}
        ref={button}
        onClick={() => setOpen(!open)}
      >
        {texts.views}
      </button>
      <nav class="view-menu__panel" id={panel} aria-label={texts.views} hidden={!open}>
        <h3>{texts.ofTickets}</h3>
        {TICKET_VIEWS.map((view) => (
          <button type="button" key={view} class="view-menu__item" onClick={() => showTickets(view)}>
            {listTexts.views[view]}
            {view !== 'resolved' && <span class="views__count">{counts?.[view] ?? ''}</span>}
          </button>
        ))}
        <h3>{texts.ofConversations}</h3>
        <button type="button" class="view-menu__item" onClick={() => showConversations(filterQuery({ live: 'yes' }))}>
          {texts.live}
        </button>
        <button type="button" class="view-menu__item" onClick={() => showConversations('')}>
          {texts.all}
        </button>
        {own.length > 0 && <h3>{texts.own}</h3>}
        {own.map((view) => (
          <div key={view.id} class="view-menu__own">
            <button type="button" class="view-menu__item" onClick={() => show(view)}>
              {view.name}
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={texts.remove(view.name)}
              title={texts.remove(view.name)}
              onClick={() => void savedViews.remove(view.id)}
            >
              <Icon name="cross" size={14} />
            </button>
          </div>
        ))}
        {savedViews.failure.value !== undefined && (
          <p class="view-menu__failed" role="alert">
            {savedViews.failure.value}
          </p>
        )}
      </nav>
    </div>
  );
}
