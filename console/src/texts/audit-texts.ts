/** Texts of the Audit log page. */
import type { AuditAction, AuditEntry } from '@firstword/shared/audit';

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
  'token-removed': 'API token removed',
  'setting-changed': 'Setting changed',
  'model-calls-stopped': 'Model calls stopped',
  'model-calls-resumed': 'Model calls resumed',
  'conversation-read': 'Conversation read',
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
const valuesText = (values: NonNullable<AuditEntry['after']>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');

export const auditTexts = {
  title: 'Audit log',
  hint: 'Who signed in, read, changed, exported and sent what, and from where. Entries can’t be changed or deleted before they expire.',
  actions,
  action: 'Action',
  everyAction: 'All actions',
  columns: ['Time', 'Action', 'By', 'Of', 'Details', 'Address'],
  actorText: ({ kind, name }: AuditEntry['actor']) => name ?? actors[kind],
  targetText: (target: AuditEntry['target']) =>
    target === undefined ? '–' : `${target.kind.replaceAll('-', ' ')} ${target.name ?? target.id}`,
  changeText: ({ before, after, siteId }: AuditEntry) =>
    [
      siteId === undefined ? '' : `site: ${siteId}`,
      before === undefined ? '' : `was ${valuesText(before)}`,
      after === undefined ? '' : before === undefined ? valuesText(after) : `now ${valuesText(after)}`,
    ]
      .filter((part) => part !== '')
      .join('; ') || '–',
  empty: 'No entries.',
  more: 'Show more',
  notRead: 'The audit log couldn’t be loaded.',
  asCsv: 'Export as CSV',
  asJsonl: 'Export as JSON Lines',
} as const;
