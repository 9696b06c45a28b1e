/** The search field of the conversation list, and its filters. Both are kept in the URL. */
import { keysOf } from '@firstword/shared/keys-of';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filterCount } from '../conversation-filter.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import type { Workspace } from '../workspace.ts';

export function ConversationSearch({ workspace: { conversations } }: { workspace: Workspace }) {
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
            aria-keyshortcuts="/"
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
            {conversationTexts.filters(count)}
          </button>
        </div>
        <div class="filters" id={panel} hidden={!shown}>
          <Filters conversations={conversations} />
          {count > 0 && (
            <button type="button" class="link filters__clear" onClick={() => conversations.change(NO_FILTERS)}>
              {conversationTexts.clear}
            </button>
          )}
        </div>
      </form>
    </search>
  );
}

const NO_FILTERS = {
  ...{ site: undefined, responder: undefined, ticket: undefined },
  ...{ rated: undefined, from: undefined, to: undefined },
};

function Filters({ conversations }: Pick<Workspace, 'conversations'>) {
  const { site, responder, ticket, rated, from, to } = conversations.filter.value;
  const { change } = conversations;
  const sites = Object.fromEntries(conversations.sites.value.map(({ id, name }) => [id, name]));
  const names = conversationTexts.filterNames;
  return (
    <>
      {(Object.keys(sites).length > 1 || site !== undefined) && (
        <Choice label={names.site} value={site} choices={sites} onChoose={(value) => change({ site: value })} />
      )}
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
      <Choice
        label={names.rated}
        value={rated}
        choices={conversationTexts.ratings}
        onChoose={(value) => change({ rated: value })}
      />
      <Day label={names.from} value={from} max={to} onChoose={(value) => change({ from: value })} />
      <Day label={names.to} value={to} min={from} onChoose={(value) => change({ to: value })} />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: Readonly<Record<string, string>>;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value = '', choices, onChoose }: ChoiceProps) {
  return (
    <label class="filters__item">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{conversationTexts.any}</option>
        {keysOf(choices).map((key) => (
          <option key={key} value={key}>
            {choices[key]}
          </option>
        ))}
        {value !== '' && !(value in choices) && <option value={value}>{value}</option>}
      </select>
    </label>
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
