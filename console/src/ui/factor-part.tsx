/** Two-step sign-in on the page Your account: set it up, or turn it off with a code. */
import { useSignal } from '@preact/signals';
import { factorTexts as texts } from '../texts/factor-texts.ts';
import type { Workspace } from '../workspace.ts';
import { FactorForm } from './factor-form.tsx';
import { Field, fieldText } from './field.tsx';

export function FactorPart({ workspace: { team } }: { workspace: Workspace }) {
  const open = useSignal(false);
  const isOn = team.hasFactor.value;
  const opener = (label: string) => (
    <button
      type="button"
      class="button button--plain"
      onClick={() => {
        open.value = true;
      }}
    >
      {label}
    </button>
  );

  async function turnOff(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    if (await team.removeFactor(fieldText(new FormData(event.currentTarget), 'code'))) open.value = false;
  }

  return (
    <section class="report__part" aria-label={texts.title}>
      <div class="report__title">
        <h2>{texts.title}</h2>
        {!open.value && opener(isOn ? texts.turnOff : texts.setUp)}
      </div>
      <p class="report__quiet">{isOn ? texts.on : texts.hint}</p>
      {open.value && !isOn && (
        <FactorForm
          api={team.api}
          onDone={() => {
            open.value = false;
            team.factorSet();
          }}
        />
      )}
      {open.value && isOn && (
        <form class="settings-form" aria-label={texts.turnOff} onSubmit={turnOff}>
          <Field
            label={texts.code}
            name="code"
            type="text"
            autocomplete="one-time-code"
            hint={texts.codeHint}
            maxLength={40}
          />
          <div class="form-foot">
            <button type="submit" class="button button--plain button--stop">
              {texts.turnOff}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
