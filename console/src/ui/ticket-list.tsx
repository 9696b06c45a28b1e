/** The ticket list with its views. */
import { may } from '@firstword/shared/permissions';
import type { SiteName } from '@firstword/shared/reports';
import type { Ticket } from '@firstword/shared/ticket';
import type { TicketView } from '@firstword/shared/ticket-views';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { commandOf } from '../commands/commands.ts';
import { countText } from '../numbers.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { listTexts } from '../texts/list-texts.ts';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';
import { AlertBanner } from './alert-banner.tsx';
import { LoadMore } from './load-more.tsx';
import { ModelBanner } from './model-banner.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TicketFilters } from './ticket-filters.tsx';
import { TicketRow } from './ticket-row.tsx';
import { ViewMenu } from './view-menu.tsx';
import { WindowedRows } from './windowed-rows.tsx';

/** Height of a usual row. */
const ROW_PX = 89;

/** Those that have keys; the menu has all. */
const TABS = ['review', 'mine', 'open', 'done'] as const;

const NO_ROWS: readonly Ticket[] = [];

export function TicketList({ workspace }: { workspace: Workspace }) {
  const { list, selection, router, session, deadLetters, modelSettings } = workspace;
  const selected = selection.selected.value;
  const { view, rows, arrived, next, loadedAt } = list.ticketRows.value;
  const { id: cursorId, moves } = list.cursor.value;
  const mayChange = ({ siteId }: Ticket) => may(session.agent, 'tickets:write', siteId);
  const changeable = rows?.filter(mayChange) ?? [];
  const box = useRef<HTMLElement>(null);
  const scroll = useRef<HTMLDivElement>(null);

  // A page has one main heading: that of the open ticket, or else this one.
  const Title = workspace.ticket.current.value?.detail === undefined ? 'h1' : 'h2';

  // The focus follows the keyboard cursor, never a click or a live change. A layout effect runs before the next key
  // event; after a later effect, a quick Enter would still open the previous row.
  useLayoutEffect(() => {
    if (moves > 0) box.current?.querySelector<HTMLElement>(`[data-ticket="${cursorId}"]`)?.focus();
  }, [moves, cursorId]);

  return (
    <section class="list" aria-label={listTexts.tickets} ref={box}>
      <header class="list__head">
        <div class="list__title">
          <Title>{listTexts.tickets}</Title>
          {modelSettings.isDemo.value && (
            <span class="chip" title={listTexts.demoHint}>
              {listTexts.demo}
            </span>
          )}
          <ViewMenu workspace={workspace} />
        </div>
        <ViewTabs workspace={workspace} />
        <div class="list__tools">
          <SelectionBar
            workspace={workspace}
            listed={changeable.map(({ id }) => id)}
            readOnly={rows !== undefined && rows.length > 0 && changeable.length === 0}
          />
          <TicketFilters workspace={workspace} />
        </div>
      </header>
      <ModelBanner workspace={workspace} />
      <AlertBanner workspace={workspace} />
      {deadLetters.letters.value.length > 0 && (
        <button
          type="button"
          class="list__dead"
          onClick={() => {
            workspace.dialog.value = 'dead-letters';
          }}
        >
          {reportTexts.deadLetters(deadLetters.letters.value.length)}
        </button>
      )}
      {arrived.length > 0 && (
        <button type="button" class="list__arrived" onClick={list.showArrived}>
          {list.announcement.value}
        </button>
      )}
      <div class="list__rows" ref={scroll} aria-busy={rows === undefined}>
        <WindowedRows
          rows={rows ?? NO_ROWS}
          label={listTexts.views[view]}
          total={next === undefined ? (rows?.length ?? 0) : undefined}
          rowPx={ROW_PX}
          cursorId={cursorId}
          box={scroll}
          listKey={loadedAt}
          draw={(ticket, place) => (
            <TicketRow
              key={ticket.id}
              place={place}
              ticket={ticket}
              href={router.ticketHref(ticket.id)}
              current={ticket.id === router.ticketId.value}
              siteName={siteNameOf(list.sites.value, ticket.siteId)}
              mine={ticket.assignee?.id === session.agent.id}
              picture={ticket.assignee && workspace.pictures.of(ticket.assignee.id)}
              viewers={workspace.viewers.value.get(ticket.id) ?? []}
              isSelected={selected?.has(ticket.id)}
              readOnly={!mayChange(ticket)}
              onSelect={() => selection.toggle(ticket.id)}
              onOpen={() => {
                router.go(ticket.id);
                list.settle(ticket.id);
              }}
            />
          )}
        />
        {next !== undefined && (
          <LoadMore
            label={commonTexts.loadingMore}
            busy={list.loadingMore.value === 'yes'}
            failed={list.loadingMore.value === 'failed' ? commonTexts.offline : undefined}
            onMore={list.more}
            aheadPx={20 * ROW_PX}
          />
        )}
      </div>
      {rows === undefined && !list.failed.value && <p class="list__empty">{commonTexts.loading}</p>}
      {rows?.length === 0 &&
        arrived.length === 0 &&
        (Object.keys(list.filter.value).length === 0 ? (
          <p class="list__empty">{listTexts.emptyViews[view]}</p>
        ) : (
          <div class="list__empty">
            <p>{listTexts.noneFound}</p>
            <button type="button" class="button button--plain" onClick={() => void list.setFilter({})}>
              {listTexts.showAll}
            </button>
          </div>
        ))}
      {list.failed.value && (
        <p class="list__empty">
          {commonTexts.offline}{' '}
          <button type="button" class="link" onClick={() => list.setFilter(list.filter.value)}>
            {commonTexts.tryAgain}
          </button>
        </p>
      )}
    </section>
  );
}

const isTab = (view: TicketView) => TABS.some((tab) => tab === view);

/** Undefined where there is only one site. */
function siteNameOf(sites: readonly SiteName[], siteId: string): string | undefined {
  return sites.length > 1 ? (sites.find(({ id }) => id === siteId)?.name ?? siteId) : undefined;
}

function ViewTabs({ workspace: { list } }: { workspace: Workspace }) {
  const { view, counts } = list.ticketRows.value;
  return (
    <nav class="views" aria-label={listTexts.ticketViews}>
      {TABS.map((name) => (
        <button
          type="button"
          key={name}
          class="views__item"
          aria-current={name === view ? 'true' : undefined}
          data-tip={commandOf(`view-${name}`).key}
          onClick={() => list.show(name)}
        >
          {listTexts.views[name]}{' '}
          <span class="views__count">{counts === undefined ? '' : countText(counts[name])}</span>
        </button>
      ))}
      {!isTab(view) && (
        <button type="button" class="views__item" aria-current="true" onClick={() => list.show(view)}>
          {listTexts.views[view]}
        </button>
      )}
    </nav>
  );
}
