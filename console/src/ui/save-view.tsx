/** Saves the list with its filters as a view of the agent's own. */
import type { NewView } from '@firstword/shared/saved-view';
import { useSignal } from '@preact/signals';
import type { SavedViews } from '../saved-views.ts';
import { filterTexts as texts } from '../texts/filter-texts.ts';
import { Field, fieldText } from './field.tsx';

export interface SaveViewProps {
  readonly savedViews: SavedViews;
  readonly view: Omit<NewView, 'name'>;
}

export function SaveView({ savedViews, view }: SaveViewProps) {
  const open = useSignal(false);
  if (!open.value)
    return (
      <button
        type="button"
        class="link"
        onClick={() => {
          open.value = true;
        }}
      >
        {texts.save}
      </button>
    );

  async function save(form: HTMLFormElement) {
    const name = fieldText(new FormData(form), 'name').trim();
    if (name !== '' && (await savedViews.save({ ...view, name }))) open.value = false;
  }
  return (
    <form
      class="save-view"
      aria-label={texts.save}
      onSubmit={(event) => {
        event.preventDefault();
        void save(event.currentTarget);
      }}
    >
      <Field label={texts.name} name="name" type="text" autocomplete="off" hint={texts.saveHint} maxLength={60} />
      <p class="report__failed" role="alert">
        {savedViews.failure.value}
      </p>
      <div class="form-foot">
        <button
          type="button"
          class="button button--quiet"
          onClick={() => {
            open.value = false;
          }}
        >
          {texts.cancel}
        </button>
        <button type="submit" class="button button--plain">
          {texts.save}
        </button>
      </div>
    </form>
  );
}
