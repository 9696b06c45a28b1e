/** The filters of the ticket list, and what becomes of them: a view of the agent's own. */
import { useEffect, useId, useState } from 'preact/hooks';
import { queryOf } from '../list-filter.ts';
import { filterTexts as texts } from '../texts/filter-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { readTicketView, type TicketFilter } from '../ticket-filter.ts';
import type { Workspace } from '../workspace.ts';
import { Choice, SiteChoice, TextFilter, TraitFields } from './filter-fields.tsx';
import { SaveView } from './save-view.tsx';

export function TicketFilters({ workspace: { list, savedViews, tags } }: { workspace: Workspace }) {
  const [shown, setShown] = useState(false);
  const panel = useId();
  useEffect(() => {
    if (shown) void tags.load();
  }, [shown, tags]);
  const filter = list.filter.value;
  const count = Object.keys(filter).length;
  const { view } = list.ticketRows.value;
  const change = (changed: { readonly [Name in keyof TicketFilter]?: string | undefined }) => {
    const saved = Object.fromEntries(new URLSearchParams(queryOf({ ...filter, ...changed })));
    void list.setFilter(readTicketView(saved).filter);
  };
  return (
    <>
      <button type="button" class="link" aria-expanded={shown} aria-controls={panel} onClick={() => setShown(!shown)}>
        {texts.filters(count)}
      </button>
      <div class="filters" id={panel} hidden={!shown}>
        <TextFilter label={texts.names.text} value={filter.q} maxLength={200} onChoose={(q) => change({ q })} />
        <SiteChoice sites={list.sites.value} value={filter.site} onChoose={(site) => change({ site })} />
        <Choice
          label={texts.names.urgency}
          value={filter.urgency}
          choices={ticketTexts.urgencies}
          onChoose={(urgency) => change({ urgency })}
        />
        <Choice
          label={texts.names.tag}
          value={filter.tag}
          choices={Object.fromEntries((tags.response.value?.tags ?? []).map((tag) => [tag, tag]))}
          onChoose={(tag) => change({ tag })}
        />
        <TraitFields filter={filter} change={change} />
        <div class="filters__foot">
          {count > 0 && (
            <button type="button" class="link" onClick={() => void list.setFilter({})}>
              {texts.clear}
            </button>
          )}
          <SaveView savedViews={savedViews} view={{ list: 'tickets', filter: { ...filterRecord(filter), view } }} />
        </div>
      </div>
    </>
  );
}

function filterRecord(filter: TicketFilter): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(queryOf({ ...filter })));
}
