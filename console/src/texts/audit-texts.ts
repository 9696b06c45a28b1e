/** Texts of the Audit log page. */
import type { AuditAction, AuditEntry } from '@firstword/shared/audit';
import { pageTexts } from './page-texts.ts';
import { type Texts, translated } from './translated.ts';

const actions: Readonly<Record<AuditAction, string>> = {
  'signed-in': 'Signed in',
  'sign-in-refused': 'Sign-in refused',
  'sign-in-locked': 'Sign-in locked',
  'signed-out': 'Signed out',
  'session-ended': 'Session ended',
  'link-created': 'One-time link created',
  'link-withdrawn': 'One-time link withdrawn',
  'account-created': 'Account created',
  'account-removed': 'Account removed',
  'role-changed': 'Role changed',
  'password-changed': 'Password changed',
  'provider-linked': 'Linked to the identity provider',
  'provider-unlinked': 'Unlinked from the identity provider',
  'second-factor-changed': 'Second factor changed',
  'token-created': 'API token created',
  'token-changed': 'API token changed',
  'token-removed': 'API token removed',
  'setting-changed': 'Setting changed',
  'model-calls-stopped': 'Model calls stopped',
  'model-calls-resumed': 'Model calls resumed',
  'conversation-read': 'Conversation read',
  'benchmark-changed': 'Benchmark started or stopped',
  'evaluation-changed': 'Evaluation started or stopped',
  'conversation-replayed': 'Message replayed',
  searched: 'Searched',
  exported: 'Data exported',
  erased: 'Data erased',
  'knowledge-changed': 'Knowledge changed',
  'tickets-changed': 'Several tickets changed',
  'reply-sent': 'Reply sent',
  'proposal-approved': 'Proposed reply approved',
  'proposal-rejected': 'Proposed reply rejected',
};
const actors: Readonly<Record<AuditEntry['actor']['kind'], string>> = {
  agent: 'Agent',
  program: 'Program',
  visitor: 'Visitor',
  operator: 'Command on the server',
  system: 'Firstword',
  unknown: 'Not signed in',
};
/** What an action was applied to. A newer server may send others, which are shown as they are. */
const targets: Readonly<Record<string, string>> = {};

const english = {
  targets,
  title: pageTexts.audit,
  hint: 'Who signed in, read, changed, exported and sent what, and from where. Entries can’t be changed or deleted before they expire.',
  actions,
  action: 'Action',
  everyAction: 'All actions',
  columns: ['Time', 'Action', 'Actor', 'Target', 'Details', 'IP address'],
  actors,
  site: (siteId: string) => `site: ${siteId}`,
  was: (values: string) => `was ${values}`,
  now: (values: string) => `now ${values}`,
  empty: 'No entries.',
  more: 'Show more',
  notRead: 'The audit log couldn’t be loaded.',
  asCsv: 'Export as CSV',
  asJsonl: 'Export as JSON Lines',
} as const;
export type AuditTexts = Texts<typeof english>;
export const auditTexts = translated<AuditTexts>('audit', english);

export const actorText = ({ kind, name }: AuditEntry['actor']) => name ?? auditTexts.actors[kind];

export function targetText(target: AuditEntry['target']): string {
  if (target === undefined) return '–';
  const { kind, id, name = id } = target;
  const kindName = auditTexts.targets[kind] ?? kind.replaceAll('-', ' ');
  // Of some kinds there is only one, which has no name of its own.
  return name === kind ? kindName : `${kindName} ${name}`;
}

export const changeText = ({ before, after, siteId }: AuditEntry) =>
  [
    siteId === undefined ? '' : auditTexts.site(siteId),
    before === undefined ? '' : auditTexts.was(valuesText(before)),
    after === undefined ? '' : before === undefined ? valuesText(after) : auditTexts.now(valuesText(after)),
  ]
    .filter((part) => part !== '')
    .join('; ') || '–';

const valuesText = (values: NonNullable<AuditEntry['after']>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
