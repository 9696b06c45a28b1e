/** Sets up two-step sign-in: the QR code for an authenticator app, the first code, then the recovery codes. */
import type { FactorStart } from '@firstword/shared/team';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { failureOf, failureSentence } from '../failure-of.ts';
import type { TeamApi } from '../team-api.ts';
import { factorTexts as texts } from '../texts/factor-texts.ts';
import { Field, fieldText } from './field.tsx';

export interface FactorFormProps {
  readonly api: Pick<TeamApi, 'startFactor' | 'enableFactor'>;
  /** Called when the agent has seen the recovery codes. */
  readonly onDone: () => void;
}

export function FactorForm({ api, onDone }: FactorFormProps) {
  const start = useSignal<FactorStart | undefined>(undefined);
  const picture = useSignal<string | undefined>(undefined);
  const codes = useSignal<readonly string[]>([]);
  const error = useSignal('');
  useEffect(() => {
    void api.startFactor().then(async (result) => {
      if (!result.ok) {
        error.value = failureSentence(result);
        return;
      }
      start.value = result.value;
      picture.value = await drawQrCode(result.value.uri);
    });
  }, [api]);

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const code = fieldText(new FormData(event.currentTarget), 'code');
    const result = await api.enableFactor({ secret: start.value?.secret ?? '', code });
    error.value = failureOf(result) ?? '';
    if (result.ok) codes.value = result.value.recoveryCodes;
  }

  if (codes.value.length > 0)
    return (
      <div class="settings-form">
        <p>{texts.recoveryHint}</p>
        <ul class="recovery-codes" aria-label={texts.recoveryCodes}>
          {codes.value.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div class="form-foot">
          <button type="button" class="button button--primary" onClick={onDone}>
            {texts.saved}
          </button>
        </div>
      </div>
    );
  return (
    <form class="settings-form" aria-label={texts.setUp} onSubmit={submit}>
      <p>{texts.scan}</p>
      {picture.value !== undefined && <img class="qr-code" src={picture.value} alt={texts.qrCode} />}
      {start.value !== undefined && (
        <p class="field__hint">
          {texts.key} <code>{start.value.secret}</code>
        </p>
      )}
      <Field label={texts.code} name="code" type="text" autocomplete="one-time-code" maxLength={7} />
      <p class="report__failed" role="alert">
        {error.value}
      </p>
      <div class="form-foot">
        <button type="submit" class="button button--primary" disabled={start.value === undefined}>
          {texts.turnOn}
        </button>
      </div>
    </form>
  );
}

/** The library is loaded when a code is drawn, which most agents do once. */
async function drawQrCode(text: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  return `data:image/svg+xml,${encodeURIComponent(renderSVG(text))}`;
}
