/** The search over everything: results as the agent types, grouped by kind, and chosen with the keyboard. */
import { isComposing } from '@firstword/shared/composing';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { searchTexts as texts } from '../texts/search-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogFrame } from './dialog-frame.tsx';
import { searchItems } from './search-items.tsx';

export function SearchDialog({ workspace }: { workspace: Workspace }) {
  const { searchBox } = workspace;
  const position = useSignal(0);
  const found = searchBox.found.value;
  const groups = found === undefined ? [] : searchItems(workspace, found);
  const items = groups.flatMap((group) => group.items);
  const chosen = items[Math.min(position.value, items.length - 1)];
  useEffect(() => searchBox.clear, [searchBox]);
  useEffect(() => {
    if (chosen !== undefined) document.getElementById(chosen.id)?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.id]);

  function open(item: (typeof items)[number] | undefined) {
    if (item === undefined) return;
    workspace.dialog.value = undefined;
    item.open();
  }
  function press(event: KeyboardEvent) {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) position.value = (position.value + step + items.length) % items.length;
    // Results of an earlier text are not what the agent wants to open.
    else if (event.key === 'Enter' && !searchBox.busy.value) open(chosen);
    else if (event.key !== 'Enter') return;
    event.preventDefault();
  }

  return (
    <DialogFrame workspace={workspace} title={texts.title} wide>
      <input
        class="palette__input"
        role="combobox"
        aria-label={texts.title}
        aria-expanded={items.length > 0}
        aria-controls="search-results"
        aria-activedescendant={chosen?.id}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        placeholder={texts.hint}
        data-first
        onInput={({ currentTarget }) => {
          searchBox.type(currentTarget.value);
          position.value = 0;
        }}
        onKeyDown={press}
      />
      <div class="palette search-results" id="search-results" role="listbox" aria-label={texts.results}>
        {groups.map(({ kind, items: ofKind }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset can't group the options of a listbox.
          <div key={kind} role="group" aria-label={texts.groups[kind]}>
            <p class="search-results__kind" aria-hidden="true">
              {texts.groups[kind]}
            </p>
            {ofKind.map((item) => (
              <div
                key={item.id}
                id={item.id}
                class="palette__item"
                role="option"
                aria-selected={item === chosen}
                tabIndex={-1}
                onClick={() => open(item)}
                onKeyDown={press}
              >
                <span class="search-results__line" dir="auto">
                  {item.line}
                </span>
                <span class="search-results__aside">{item.aside}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <p class="visually-hidden" role="status">
        {found === undefined || searchBox.busy.value ? '' : texts.count(items.length)}
      </p>
      {found === undefined && searchBox.busy.value && !searchBox.failed.value && (
        <p class="dialog__hint late">{commonTexts.loading}</p>
      )}
      {searchBox.failed.value && (
        <p class="dialog__hint" role="alert">
          {texts.failed}{' '}
          <button type="button" class="link" onClick={searchBox.retry}>
            {commonTexts.tryAgain}
          </button>
        </p>
      )}
      {found !== undefined && items.length === 0 && !searchBox.busy.value && (
        <div class="dialog__hint">
          <p>{texts.none(found.q)}</p>
          <p>{texts.noneHint}</p>
        </div>
      )}
    </DialogFrame>
  );
}
