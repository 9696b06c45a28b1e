/** The search field of the conversation list, and its filters. Both are kept in the URL. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filterCount } from '../conversation-filter.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import { filterTexts } from '../texts/filter-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choice, SiteChoice, TraitFields } from './filter-fields.tsx';
import { SaveView } from './save-view.tsx';

export function ConversationSearch({ workspace: { conversations, savedViews } }: { workspace: Workspace }) {
  const filter = conversations.filter.value;
  const count = filterCount(filter);
  const [shown, setShown] = useState(count > 0);
  const field = useRef<HTMLInputElement>(null);
  const panel = useId();
  const requests = conversations.searchRequests.value;
  useLayoutEffect(() => {
    if (requests > 0) field.current?.select();
  }, [requests]);
  // While the agent types, the field is ahead of the URL.
  useLayoutEffect(() => {
    const [input, q] = [field.current, filter.q ?? ''];
    if (input !== null && !conversations.isTyping() && input.value.trim() !== q) input.value = q;
  }, [filter, conversations]);

  return (
    <search aria-label={conversationTexts.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          conversations.searchNow();
          conversations.moveCursor(1);
        }}
      >
        <div class="search">
          <input
            ref={field}
            type="search"
            class="search__field"
            aria-label={conversationTexts.search}
            aria-keyshortcuts="f"
            placeholder={conversationTexts.searchHint}
            maxLength={200}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => conversations.search(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              conversations.searchNow();
              conversations.moveCursor(1);
            }}
          />
          <button
            type="button"
            class="button button--plain"
            aria-expanded={shown}
            aria-controls={panel}
            onClick={() => setShown(!shown)}
          >
            {filterTexts.filters(count)}
          </button>
        </div>
        <div class="filters" id={panel} hidden={!shown}>
          <Filters conversations={conversations} />
        </div>
      </form>
      {shown && (
        <div class="filters__foot">
          {count > 0 && (
            <button type="button" class="link" onClick={() => conversations.change(NO_FILTERS)}>
              {filterTexts.clear}
            </button>
          )}
          <SaveView savedViews={savedViews} view={{ list: 'conversations', filter: { ...filter } }} />
        </div>
      )}
    </search>
  );
}

const NO_FILTERS = {
  ...{ site: undefined, responder: undefined, ticket: undefined },
  ...{ rated: undefined, from: undefined, to: undefined, live: undefined },
  ...{ reason: undefined, topic: undefined, language: undefined, tier: undefined },
  ...{ unsupported: undefined, slow: undefined, verified: undefined },
};

function Filters({ conversations }: Pick<Workspace, 'conversations'>) {
  const filter = conversations.filter.value;
  const { site, responder, ticket, live, from, to } = filter;
  const { change } = conversations;
  const names = conversationTexts.filterNames;
  return (
    <>
      <SiteChoice sites={conversations.sites.value} value={site} onChoose={(value) => change({ site: value })} />
      <Choice
        label={names.responder}
        value={responder}
        choices={conversationTexts.responders}
        onChoose={(value) => change({ responder: value })}
      />
      <Choice
        label={names.ticket}
        value={ticket}
        choices={conversationTexts.tickets}
        onChoose={(value) => change({ ticket: value })}
      />
      <Day label={names.from} value={from} max={to} onChoose={(value) => change({ from: value })} />
      <Day label={names.to} value={to} min={from} onChoose={(value) => change({ to: value })} />
      <TraitFields filter={filter} change={change} />
      <label class="filters__live">
        <input
          type="checkbox"
          checked={live === 'yes'}
          onChange={({ currentTarget }) => change({ live: currentTarget.checked ? 'yes' : undefined })}
        />
        {filterTexts.live}
      </label>
    </>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChoose: (value: string) => void;
}

function Day({ label, value = '', min = '', max = '', onChoose }: DayProps) {
  return (
    <label class="filters__item">
      <span>{label}</span>
      <input
        type="date"
        value={value}
        min={min}
        max={max}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      />
    </label>
  );
}
