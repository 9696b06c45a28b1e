/** Asks before model calls are stopped or resumed, because every visitor of the site notices. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogFrame, FormDialogFoot } from './dialog-frame.tsx';
import { fieldText } from './field.tsx';

const REASON_MAX = 200;

export function SwitchDialog({ workspace }: { workspace: Workspace }) {
  const { plannedSwitch, switchFailure, confirmSwitch } = workspace.reports;
  const id = useId();
  const busy = useSignal(false);
  if (plannedSwitch.value === undefined) return null;
  const { name, stopped } = plannedSwitch.value;
  const close = () => {
    workspace.dialog.value = undefined;
  };
  return (
    <DialogFrame
      workspace={workspace}
      title={stopped ? reportTexts.stopTitle(name) : reportTexts.resumeTitle(name)}
      hint={stopped ? reportTexts.stopHint : reportTexts.resumeHint}
    >
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          busy.value = true;
          if (await confirmSwitch(fieldText(new FormData(event.currentTarget), 'reason'))) close();
          busy.value = false;
        }}
      >
        {stopped && (
          <div class="field">
            <label for={id}>{reportTexts.reason}</label>
            <input id={id} name="reason" required maxLength={REASON_MAX} autocomplete="off" data-first />
            <p class="field__hint">{reportTexts.reasonHint}</p>
          </div>
        )}
        <p class="report__failed" role="alert">
          {switchFailure.value}
        </p>
        <FormDialogFoot workspace={workspace}>
          <button
            type="submit"
            class={stopped ? 'button button--plain button--stop' : 'button button--plain'}
            disabled={busy.value}
          >
            {stopped ? reportTexts.stop : reportTexts.resume}
          </button>
        </FormDialogFoot>
      </form>
    </DialogFrame>
  );
}
