/** Asks until when to snooze a ticket. */
import { useId, useState } from 'preact/hooks';
import { COMMANDS } from '../commands/commands.ts';
import { type SnoozeTime, snoozeTimes } from '../snooze-times.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import { untilText } from '../times.ts';
import type { Workspace } from '../workspace.ts';
import { Choices } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export function SnoozeDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  const [now] = useState(() => Date.now());
  const times = snoozeTimes(now);

  function snooze(form: FormData) {
    const reason = fieldText(form, 'reason').trim();
    void workspace.ticket.act('snooze', {
      ...snoozeChoice(form, times),
      ...(reason === '' ? {} : { reason }),
    });
  }

  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.snooze}
      hint={dialogTexts.snoozeHint}
      action={COMMANDS.snooze.label}
      onSubmit={snooze}
    >
      <SnoozeChoices times={times} now={now} />
      <label class="field" for={id}>
        {dialogTexts.noteOptional}
        <input id={id} name="reason" maxLength={300} autocomplete="off" />
      </label>
    </DialogForm>
  );
}

export function SnoozeChoices({ times, now }: { times: readonly SnoozeTime[]; now: number }) {
  return (
    <Choices
      title={dialogTexts.snoozeUntil}
      name="until"
      choices={times.map(({ label, until }, index) => ({
        value: String(index),
        label,
        ...(until === undefined ? {} : { aside: untilText(until, now) }),
      }))}
    />
  );
}

export function snoozeChoice(form: FormData, times: readonly SnoozeTime[]): { until?: number } {
  const until = times[Number(form.get('until'))]?.until;
  return until === undefined ? {} : { until };
}
