/** Asks for one of what the server lists at that moment: a colleague, another ticket. */
import { useLayoutEffect } from 'preact/hooks';
import type { Resource } from '../resource.ts';
import { commonTexts } from '../texts/common-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices, type ChoicesProps } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export interface PickDialogProps<Answer> {
  readonly workspace: Workspace;
  /** Loaded each time the dialog opens. */
  readonly resource: Resource<object, Answer>;
  readonly choicesOf: (answer: Answer) => ChoicesProps<string>['choices'];
  readonly title: string;
  readonly hint: string;
  /** Instead of the hint, when there is nothing to choose. */
  readonly nothing: string;
  readonly label: string;
  /** What the button says. */
  readonly action: string;
  readonly onPick: (value: string) => void;
}

export function PickDialog<Answer>(props: PickDialogProps<Answer>) {
  const { workspace, resource, choicesOf, title, hint, nothing, label, action, onPick } = props;
  useLayoutEffect(() => void resource.ask(), [resource]);
  const choices = resource.answer.value && choicesOf(resource.answer.value);
  return (
    <DialogForm
      workspace={workspace}
      title={title}
      hint={choices?.length === 0 ? nothing : hint}
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
