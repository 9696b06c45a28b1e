/** What every field of a setting is given. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import type { ComponentType } from 'preact';
import type { SettingValue } from '../sites-controller.ts';

export interface SettingFieldProps {
  readonly name: string;
  readonly node: SchemaNode;
  readonly value: SettingValue;
  /** What sets it, where the console can't change it. */
  readonly fixedBy: 'file' | 'demo' | undefined;
  /** A field that can't be left out. */
  readonly isRequired: boolean;
  readonly onChange: (value: SettingValue) => void;
}

/** A field with parts draws each of them by `Field`. */
export interface CompoundProps extends SettingFieldProps {
  readonly Field: ComponentType<SettingFieldProps>;
}
