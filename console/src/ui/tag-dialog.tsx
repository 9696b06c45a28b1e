/** Adds tags to the open ticket, with suggestions from those in use. */
import { useId, useLayoutEffect } from 'preact/hooks';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

/** Suggestions shown as buttons; the field completes all others. */
const SHOWN_TAGS = 12;

export function TagDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  const { tags, ticket } = workspace;
  useLayoutEffect(() => void tags.load(), [tags]);
  const has = ticket.current.value?.detail?.ticket.tags ?? [];
  const unused = (tags.response.value?.tags ?? []).filter((tag) => !has.includes(tag));
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.tag}
      hint={dialogTexts.tagHint}
      action={dialogTexts.tag}
      onSubmit={(form) => {
        const written = fieldText(form, 'tags').split(/[\s,#]+/);
        const add = [...new Set([...written, ...form.getAll('tag').map(String)])].filter(Boolean);
        if (add.length > 0) void ticket.act('tag', { add });
      }}
    >
      <div class="field">
        <label for={id}>{dialogTexts.tagField}</label>
        <input
          id={id}
          name="tags"
          type="text"
          list={`${id}-known`}
          autocomplete="off"
          aria-describedby={`${id}-hint`}
          maxLength={200}
          data-first
        />
        <p class="field__hint" id={`${id}-hint`}>
          {dialogTexts.tagFieldHint}
        </p>
        <datalist id={`${id}-known`}>
          {unused.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </div>
      {unused.length > 0 && (
        <div class="tag-choices">
          {unused.slice(0, SHOWN_TAGS).map((tag) => (
            <label key={tag} class="tag-choices__item">
              <input type="checkbox" name="tag" value={tag} />
              {tag}
            </label>
          ))}
        </div>
      )}
    </DialogForm>
  );
}
