/** Builds the audit log and the webhooks of a web process, which follow each other: entries are sent, and what is switched off is recorded. */

import type { Log } from '../lib/log.ts';
import { createSealedText } from '../lib/sealed-text.ts';
import { createAuditLog } from '../records/audit-log.ts';
import type { Records } from '../records/records.ts';
import { webhookEventOfAudit } from '../webhooks/webhook-event.ts';
import { createWebhookSender } from '../webhooks/webhook-sender.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';

export interface AccountabilityParts {
  readonly records: Pick<Records, 'audit' | 'webhooks'>;
  /** Encrypts the secrets of webhooks. */
  readonly appSecret: string;
  readonly privateHosts: readonly string[];
  readonly log: Log;
}

const SEND_TIMEOUT_MS = 10_000;

export function createAccountability({ records, appSecret, privateHosts, log }: AccountabilityParts) {
  const auditLog = createAuditLog({
    store: records.audit,
    onStored: (entries) =>
      void webhooks
        .publish(entries.map(webhookEventOfAudit))
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'sending audit entries to webhooks failed')),
    log,
  });
  const webhooks = createWebhooks({
    store: records.webhooks,
    sender: createWebhookSender(privateHosts, SEND_TIMEOUT_MS),
    sealedText: createSealedText(appSecret, 'webhook secrets'),
    privateHosts,
    onDisabled: ({ id, url, siteId }, why) =>
      void auditLog.add({
        actor: { kind: 'system' },
        action: 'setting-changed',
        target: { kind: 'webhook', id, name: url },
        ...(siteId === undefined ? {} : { siteId }),
        before: { enabled: true },
        after: { enabled: false, why },
      }),
    log,
  });
  return { auditLog, webhooks };
}
