/** A dialog to pick an item of a list that is fetched when it opens: an agent, a ticket. */
import { useLayoutEffect } from 'preact/hooks';
import type { Resource } from '../resource.ts';
import { commonTexts } from '../texts/common-texts.ts';
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

export function PickDialog<Response>(props: PickDialogProps<Response>) {
  const { workspace, resource, choicesOf, title, hint, emptyHint, label, action, onPick } = props;
  useLayoutEffect(() => void resource.load(), [resource]);
  const choices = resource.response.value && choicesOf(resource.response.value);
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
        choices.length > 0 && <Choices title={label} name="picked" choices={choices} preselect={false} />
      )}
    </DialogForm>
  );
}
