/** One setting of a form, as its schema describes it. Objects and lists contain further ones. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import { SettingEntries } from './setting-entries.tsx';
import { SettingGroup } from './setting-group.tsx';
import { EnumSet, SettingLine } from './setting-line.tsx';
import type { SettingFieldProps } from './setting-props.ts';

export function SettingField(props: SettingFieldProps) {
  const node = mainNode(props.node);
  if (node.type === 'object') return <SettingGroup {...props} node={node} Field={SettingField} />;
  if (node.type === 'array' && node.items?.type === 'object')
    return <SettingEntries {...props} node={node} Field={SettingField} />;
  if (node.type === 'array' && node.items?.enum !== undefined) return <EnumSet {...props} node={node} />;
  return <SettingLine {...props} node={node} />;
}

/** Where a setting may be written in two ways, the one with named values. */
const mainNode = (node: SchemaNode): SchemaNode => {
  const named = node.anyOf?.find((one) => one.enum !== undefined);
  return named === undefined ? node : { ...node, ...named };
};
