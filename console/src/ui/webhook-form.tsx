/** The form of an endpoint: its URL, its events and, when it is added, its site. */
import { keysOf } from '@firstword/shared/keys-of';
import type { SiteName } from '@firstword/shared/reports';
import type { NewWebhook, Webhook } from '@firstword/shared/webhook';
import { useSignal } from '@preact/signals';
import { webhookTexts as texts } from '../texts/webhook-texts.ts';
import { Field, fieldText } from './field.tsx';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { SelectField } from './select-field.tsx';

export interface WebhookFormProps {
  readonly title: string;
  /** The label of the submit button. */
  readonly action: string;
  /** Offered for a new endpoint; that of an existing one can't be changed. */
  readonly sites?: readonly SiteName[];
  readonly initial?: Pick<Webhook, 'url' | 'types'>;
  /** Resolves with whether the server accepted it. */
  readonly onSubmit: (webhook: NewWebhook) => Promise<boolean>;
  readonly onClose: () => void;
}

export function WebhookForm({ title, action, sites, initial, onSubmit, onClose }: WebhookFormProps) {
  const problem = useSignal('');

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const types = keysOf(texts.typeLabels).filter((type) => form.getAll('type').includes(type));
    problem.value = types.length === 0 ? texts.noType : '';
    if (types.length === 0) return;
    const site = fieldText(form, 'site');
    if (await onSubmit({ url: fieldText(form, 'url'), types, ...(site === '' ? {} : { site }) })) onClose();
  }

  return (
    <form class="settings-form" aria-label={title} ref={focusFirstField} onSubmit={submit}>
      <Field
        label={texts.url}
        name="url"
        type="url"
        autocomplete="off"
        hint={texts.urlHint}
        maxLength={2000}
        initial={initial?.url}
      />
      {sites !== undefined && (
        <SelectField
          label={texts.site}
          name="site"
          options={[{ value: '', label: texts.allSites }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
      <fieldset class="check-field">
        <legend>{texts.types}</legend>
        {keysOf(texts.typeLabels).map((type) => (
          <label key={type}>
            <input type="checkbox" name="type" value={type} defaultChecked={initial?.types.includes(type) ?? false} />
            {texts.typeLabels[type]}
          </label>
        ))}
      </fieldset>
      <p class="report__failed" role="alert">
        {problem.value}
      </p>
      <FormFoot action={action} onCancel={onClose} />
    </form>
  );
}
