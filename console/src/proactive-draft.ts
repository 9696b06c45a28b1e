/** Proactive messages while they are edited: their ids are made here, and not shown. Pure. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import type { SettingValue } from './sites-controller.ts';

type NewMessage = { id: string; text: string; pages: string[] };

/** Visitors' browsers know messages by their ids, so an id is not used again while the site has it. */
export function newProactiveMessage(messages: readonly SettingValue[], random = Math.random): NewMessage {
  const ids = new Set(
    messages.map((each) => (typeof each === 'object' && each !== null && 'id' in each ? each.id : '')),
  );
  let id = '';
  do id = `message-${Math.floor(random() * 36 ** 6).toString(36)}`;
  while (ids.has(id));
  return { id, text: '', pages: ['*'] };
}

/** The settings of a message that its editor shows. */
export function withoutId(node: SchemaNode): SchemaNode {
  const properties = Object.entries(node.properties ?? {}).filter(([name]) => name !== 'id');
  return { ...node, properties: Object.fromEntries(properties) };
}
