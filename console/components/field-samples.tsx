/** Fields of forms and settings. */
import { useSignal } from '@preact/signals';
import type { SettingValue } from '../src/sites-controller.ts';
import { Choices } from '../src/ui/choices.tsx';
import { Field } from '../src/ui/field.tsx';
import { SelectField } from '../src/ui/select-field.tsx';
import { SettingField } from '../src/ui/setting-field.tsx';
import type { SettingFieldProps } from '../src/ui/setting-props.ts';
import { LONG_TEXT, nothing, RTL_TEXT, Sample } from './sample.tsx';

type SettingSample = Pick<SettingFieldProps, 'name' | 'node'> & { readonly value: SettingValue };

const SETTINGS: readonly SettingSample[] = [
  { name: 'name', node: { type: 'string', description: 'Name that visitors see.', maxLength: 80 }, value: 'Wendleby' },
  { name: 'greeting', node: { type: 'string', description: 'First message.', maxLength: 400 }, value: LONG_TEXT },
  { name: 'perMinute', node: { type: 'integer', description: 'Messages a minute.', minimum: 1 }, value: 20 },
  { name: 'uploads', node: { type: 'boolean', description: 'Visitors may send files.' }, value: true },
  { name: 'position', node: { enum: ['left', 'right'], description: 'Side of the page.' }, value: 'right' },
  {
    name: 'origins',
    node: { type: 'array', items: { type: 'string' }, description: 'Pages.' },
    value: ['https://a.example'],
  },
];

export function FieldSamples() {
  const text = { type: 'text', autocomplete: 'off', maxLength: 200 } as const;
  return (
    <div class="report">
      <Sample name="Field, empty and with a hint">
        <Field label="Name" name="name" {...text} />
        <Field label="Password" name="password" {...text} type="password" hint="At least 12 characters." />
      </Sample>
      <Sample name="Field that can’t be changed">
        <Field label="E-mail address" name="email" {...text} type="email" fixed="agent@wendleby.example" />
      </Sample>
      <Sample name="Field with a long and a right-to-left text">
        <Field label={LONG_TEXT} name="long" {...text} initial={LONG_TEXT} hint={LONG_TEXT} />
        <Field label="Question" name="rtl" {...text} initial={RTL_TEXT} />
      </Sample>
      <Sample name="Choice of one">
        <SelectField
          label="Role"
          name="role"
          options={[
            { value: 'agent', label: 'Agent' },
            { value: 'long', label: LONG_TEXT },
          ]}
        />
      </Sample>
      <Sample name="Radio buttons">
        <Choices
          title="Snooze until"
          name="until"
          choices={[
            { value: 'hours', label: 'In 4 hours', aside: 'today, 18:00' },
            { value: 'long', label: LONG_TEXT, aside: 'never' },
            { value: 'rtl', label: RTL_TEXT },
          ]}
        />
      </Sample>
      {SETTINGS.flatMap((setting) =>
        ([undefined, 'file', 'demo'] as const).map((fixedBy) => (
          <Sample
            key={`${setting.name} ${fixedBy}`}
            name={`Setting ${setting.name}${fixedBy === undefined ? '' : `, set by the ${fixedBy}`}`}
          >
            <Setting setting={setting} fixedBy={fixedBy} />
          </Sample>
        )),
      )}
      <Sample name="Search">
        <input type="search" class="search__field" aria-label="Search" placeholder="Search" onInput={nothing} />
      </Sample>
    </div>
  );
}

function Setting({ setting, fixedBy }: Pick<SettingFieldProps, 'fixedBy'> & { setting: SettingSample }) {
  const value = useSignal<SettingValue>(setting.value);
  return (
    <SettingField
      {...setting}
      value={value.value}
      fixedBy={fixedBy}
      isRequired={false}
      onChange={(changed) => {
        value.value = changed;
      }}
    />
  );
}
