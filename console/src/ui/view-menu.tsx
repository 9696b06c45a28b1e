/** The views of tickets and of conversations, and those that the agent has saved. */
import type { SavedView } from '@firstword/shared/saved-view';
import type { TicketView } from '@firstword/shared/ticket-views';
import { useEffect, useId } from 'preact/hooks';
import { filterQuery } from '../conversation-filter.ts';
import { queryOf } from '../list-filter.ts';
import { countText } from '../numbers.ts';
import { filterTexts as texts } from '../texts/filter-texts.ts';
import { listTexts } from '../texts/list-texts.ts';
import { readTicketView } from '../ticket-filter.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';
import { usePopup } from './use-popup.ts';

const TICKET_VIEWS = ['review', 'mine', 'unassigned', 'open', 'waiting', 'snoozed', 'resolved', 'done'] as const;

/** While the menu is open. The server keeps a count for as long. */
const COUNT_MS = 10_000;

export function ViewMenu({ workspace }: { workspace: Workspace }) {
  const { list, savedViews, router } = workspace;
  const { open, box, button, toggle, close } = usePopup(() => void savedViews.load());
  useEffect(() => {
    if (!open) return;
    void savedViews.count();
    const counting = setInterval(() => void savedViews.count(), COUNT_MS);
    return () => clearInterval(counting);
  }, [open]);
  const panel = useId();
  const { counts } = list.ticketRows.value;
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
        onClick={toggle}
      >
        {texts.views}
      </button>
      <nav class="menu-panel view-menu__panel" id={panel} aria-label={texts.allViews} hidden={!open}>
        <p class="view-menu__group">{texts.ofTickets}</p>
        {TICKET_VIEWS.map((view) => (
          <button type="button" key={view} class="menu-item view-menu__item" onClick={() => showTickets(view)}>
            {listTexts.views[view]}
            {view !== 'resolved' && (
              <span class="views__count">{counts === undefined ? '' : countText(counts[view])}</span>
            )}
          </button>
        ))}
        <p class="view-menu__group">{texts.ofConversations}</p>
        <button
          type="button"
          class="menu-item view-menu__item"
          onClick={() => showConversations(filterQuery({ live: 'yes' }))}
        >
          {texts.live}
        </button>
        <button type="button" class="menu-item view-menu__item" onClick={() => showConversations('')}>
          {texts.all}
        </button>
        {own.length > 0 && <p class="view-menu__group">{texts.own}</p>}
        {own.map((view) => (
          <div key={view.id} class="view-menu__own">
            <button type="button" class="menu-item view-menu__item" onClick={() => show(view)}>
              {view.name}
              <span class="views__count">{savedViews.countText(view.id)}</span>
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={texts.remove(view.name)}
              title={texts.remove(view.name)}
              onClick={() => void savedViews.remove(view)}
            >
              <Icon name="cross" size={14} />
            </button>
          </div>
        ))}
        {savedViews.removed.value !== undefined && (
          <p class="view-menu__removed" role="status">
            {texts.removed(savedViews.removed.value.name)}{' '}
            <button type="button" class="link" ref={focusOnce} onClick={() => void savedViews.undoRemove()}>
              {texts.undo}
            </button>
          </p>
        )}
        {savedViews.failure.value !== undefined && (
          <p class="view-menu__failed" role="alert">
            {savedViews.failure.value}
          </p>
        )}
      </nav>
    </div>
  );
}

/** The button that was pressed is gone, and the focus would be lost with it. */
function focusOnce(button: HTMLButtonElement | null) {
  button?.focus();
}
