/** Creates a site from its name, its address and its id, which is suggested by the name. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { isOrigin, originOf, siteIdFor } from '../site-names.ts';
import type { SitesController } from '../sites-controller.ts';
import { siteTexts as texts } from '../texts/site-texts.ts';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';

const SITE_ID = /^[a-z0-9-]{1,48}$/;

export function NewSiteForm({ sites, onClose }: { sites: SitesController; onClose: (() => void) | undefined }) {
  const id = useId();
  const name = useSignal('');
  const address = useSignal('');
  const given = useSignal<string | undefined>(undefined);
  const siteId = given.value ?? siteIdFor(name.value);
  const fields = [
    { key: 'name', label: texts.name, hint: texts.nameHint, value: name.value, set: name, max: 80, fault: '' },
    {
      ...{ key: 'origin', label: texts.origin, hint: texts.originHint, value: address.value, set: address, max: 300 },
      fault: isOrigin(originOf(address.value)) ? '' : texts.originWrong,
    },
    {
      ...{ key: 'id', label: texts.id, hint: texts.idHint, value: siteId, set: given, max: 48 },
      fault: SITE_ID.test(siteId) ? '' : texts.idRule,
    },
  ];
  return (
    <form
      class="settings-form"
      aria-label={texts.add}
      ref={onClose === undefined ? null : focusFirstField}
      onSubmit={(event) => {
        event.preventDefault();
        void sites.create(siteId, { name: name.value.trim(), allowedOrigins: [originOf(address.value)] });
      }}
    >
      {fields.map(({ key, label, hint, value, set, max, fault }) => (
        <div key={key} class="field">
          <label for={`${id}-${key}`}>{label}</label>
          <input
            id={`${id}-${key}`}
            name={key}
            type="text"
            autocomplete="off"
            required
            maxLength={max}
            value={value}
            ref={(input) => input?.setCustomValidity(value === '' ? '' : fault)}
            aria-describedby={`${id}-${key}-hint`}
            onInput={({ currentTarget }) => {
              set.value = currentTarget.value;
            }}
          />
          <p class="field__hint" id={`${id}-${key}-hint`}>
            {hint}
          </p>
        </div>
      ))}
      <FormFoot action={texts.create} disabled={sites.busy.value} onCancel={onClose} />
    </form>
  );
}
