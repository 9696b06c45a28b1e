/** A dialog to pick an item of a list that is fetched when it opens: an agent, a ticket. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { filterChoices } from '../pick-filter.ts';
import type { Resource } from '../resource.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices, type ChoicesProps } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export interface PickDialogProps<Query extends object, Response> {
  readonly workspace: Workspace;
  /** Loaded each time the dialog opens. */
  readonly resource: Resource<Query, Response>;
  /** The query for what was typed, where the server searches; absent: the loaded list is searched. */
  readonly queryFor?: (typed: string) => Query;
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
/** Pause in typing after which the server searches. */
const TYPING_MS = 200;

export function PickDialog<Query extends object, Response>(props: PickDialogProps<Query, Response>) {
  const { workspace, resource, queryFor, choicesOf, title, hint, emptyHint, label, action, onPick } = props;
  const [query, setQuery] = useState('');
  const typed = queryFor === undefined ? '' : query.trim();
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const load = () => void resource.load(queryFor?.(typed));
    if (isFirst.current) {
      isFirst.current = false;
      if (queryFor !== undefined) resource.clear(); // of another search
      return load();
    }
    const pause = setTimeout(load, TYPING_MS);
    return () => clearTimeout(pause);
  }, [resource, typed]);
  const choices = resource.response.value && choicesOf(resource.response.value);
  const found = choices && filterChoices(choices, queryFor === undefined ? query : '');
  return (
    <DialogForm
      workspace={workspace}
      title={title}
      hint={choices?.length === 0 && typed === '' ? emptyHint : hint}
      action={action}
      onSubmit={(form) => {
        const picked = fieldText(form, 'picked');
        if (picked !== '') onPick(picked);
      }}
    >
      {choices === undefined ? (
        <p role="status">{resource.failed.value ? commonTexts.offline : commonTexts.loading}</p>
      ) : (
        (queryFor !== undefined || choices.length > SHORT_LIST) && (
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
      {choices && (choices.length > 0 || typed !== '') && found?.length === 0 && (
        <p role="status">{dialogTexts.noneFound}</p>
      )}
    </DialogForm>
  );
}
