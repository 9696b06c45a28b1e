/** Starts another analysis run, with the default model or a chosen one. */
import { useId } from 'preact/hooks';
import { modelName } from '../calls.ts';
import { COMMANDS } from '../commands/commands.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export function RerunDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.rerun}
      hint={dialogTexts.rerunHint}
      action={COMMANDS.rerun.label}
      onSubmit={(form) => {
        const modelId = fieldText(form, 'model');
        void workspace.ticket.act('rerun', modelId === '' ? {} : { modelId });
      }}
    >
      <label class="field" for={id}>
        {dialogTexts.model}
        <select id={id} name="model" data-first>
          <option value="">{dialogTexts.defaultModel}</option>
          {workspace.session.models.map((model) => (
            <option key={model} value={model}>
              {modelName(model)}
            </option>
          ))}
        </select>
      </label>
    </DialogForm>
  );
}
