/** A dialog to pick an item of a list that is fetched when it opens: an agent, a ticket. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { filterChoices } from '../pick-filter.ts';
import type { Resource } from '../resource.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices, type ChoicesProps } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export interface PickDialogProps<Response> {
  readonly workspace: Workspace;
  /** Loaded each time the dialog opens. */
  readonly resource: Resource<object, Response>;
  readonly choicesOf: (response: Response) => ChoicesProps<string>['choices'];
  readonly title: string;
  readonly hint: string;
  /** Replaces the hint if the list is empty. */
  readonly emptyHint: string;
  readonly label: string;
  /** The label of the submit button. */
  readonly action: string;
  readonly onPick: (value: string) => void;
}

/** More than this is a list to search. */
const SHORT_LIST = 8;

export function PickDialog<Response>(props: PickDialogProps<Response>) {
  const { workspace, resource, choicesOf, title, hint, emptyHint, label, action, onPick } = props;
  useLayoutEffect(() => void resource.load(), [resource]);
  const [query, setQuery] = useState('');
  const choices = resource.response.value && choicesOf(resource.response.value);
  const found = choices && filterChoices(choices, query);
  return (
    <DialogForm
      workspace={workspace}
      title={title}
      hint={choices?.length === 0 ? emptyHint : hint}
      action={action}
      onSubmit={(form) => {
        const picked = fieldText(form, 'picked');
        if (picked !== '') onPick(picked);
      }}
    >
      {choices === undefined ? (
        <p role="status">{resource.failed.value ? commonTexts.offline : commonTexts.loading}</p>
      ) : (
        choices.length > SHORT_LIST && (
          <div class="field">
            <input
              type="search"
              aria-label={dialogTexts.search}
              placeholder={dialogTexts.search}
              value={query}
              onInput={(event) => setQuery(event.currentTarget.value)}
            />
          </div>
        )
      )}
      {found && found.length > 0 && <Choices title={label} name="picked" choices={found} preselect={false} />}
      {choices && choices.length > 0 && found?.length === 0 && <p role="status">{dialogTexts.noneFound}</p>}
    </DialogForm>
  );
}
