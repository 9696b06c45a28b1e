/** The parts of a setting, one field each. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import { type SettingRecord, withPart } from '../setting-values.ts';
import type { SettingValue } from '../sites-controller.ts';
import type { CompoundProps } from './setting-props.ts';

export interface SettingPartsProps extends Pick<CompoundProps, 'onChange' | 'Field'> {
  readonly node: SchemaNode;
  readonly record: SettingRecord;
}

export function SettingParts({ node, record, onChange, Field }: SettingPartsProps) {
  return Object.entries(node.properties ?? {}).map(([part, partNode]) => (
    <Field
      key={part}
      name={part}
      node={partNode}
      value={record[part] ?? jsonDefault(partNode.default)}
      fixedBy={undefined}
      isRequired={node.required?.includes(part) ?? false}
      onChange={(changed) => onChange(withPart(record, part, changed))}
    />
  ));
}

/** Undefined for a value without parts. */
export function recordOf(value: SettingValue): SettingRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function jsonDefault(value: unknown): SettingValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value)
    ? value
    : undefined;
}
