/** A labelled field for a number within bounds. */
import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: Signal<number>;
  readonly least: number;
  readonly most: number;
  readonly step?: number;
}

export function NumberField({ label, value, least, most, step = 1 }: NumberFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        required
        min={least}
        max={most}
        step={step}
        value={value.value}
        onChange={({ currentTarget }) => {
          if (currentTarget.validity.valid) value.value = currentTarget.valueAsNumber;
        }}
      />
    </div>
  );
}
