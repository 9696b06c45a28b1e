/** A dialog with a form for an action. It stays open, with its input, until the server has accepted the action. */
import { isComposing } from '@firstword/shared/composing';
import type { ComponentChildren } from 'preact';
import type { Workspace } from '../workspace.ts';
import { DialogFrame, FormDialogFoot } from './dialog-frame.tsx';
import { NoticeLine } from './notice-line.tsx';

export interface DialogFormProps {
  readonly workspace: Workspace;
  readonly title: string;
  readonly hint?: string;
  /** The label of the submit button. */
  readonly action: string;
  readonly onSubmit: (form: FormData) => void;
  readonly children?: ComponentChildren;
}

export function DialogForm({ workspace, title, hint, action, onSubmit, children }: DialogFormProps) {
  return (
    <DialogFrame workspace={workspace} title={title} {...(hint === undefined ? {} : { hint })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(new FormData(event.currentTarget));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event))
            event.currentTarget.requestSubmit();
        }}
      >
        {children}
        <NoticeLine workspace={workspace} />
        <FormDialogFoot workspace={workspace}>
          <button type="submit" class="button button--plain" disabled={workspace.ticket.busy.value !== undefined}>
            {action}
          </button>
        </FormDialogFoot>
      </form>
    </DialogFrame>
  );
}
