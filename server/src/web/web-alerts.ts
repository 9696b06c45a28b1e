/** Builds the alerts of a web process: what is watched, by which process, and who is sent them. */
import { alertMail } from '../alerts/alert-mail.ts';
import { createAlertNotices } from '../alerts/alert-notices.ts';
import { createAlertRecipients } from '../alerts/alert-recipients.ts';
import { createAlertSweep } from '../alerts/alert-sweep.ts';
import { createModelWatch } from '../alerts/model-watch.ts';
import { createSiteWatches } from '../alerts/site-watches.ts';
import type { Mailer } from '../lib/mail.ts';
import { startPeriodic } from '../lib/periodic.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createSharedTurn } from '../store/shared-turn.ts';
import { webhookEventOfAlert } from '../webhooks/webhook-event.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebAlertParts extends Pick<WebConnections, 'background'> {
  readonly keys: RedisKeys;
  readonly chat: Pick<WebChat, 'usage' | 'modelOutages'>;
  readonly webhooks: Pick<Webhooks, 'publish'>;
  readonly mailer: Mailer | undefined;
}

const SWEEP_MS = 60_000;
/** A process that starts often also gets a turn. */
const TRY_MS = 15_000;
const DELIVERY_MS = 5000;

export function startWebAlerts(
  { background, keys, chat: { usage, modelOutages }, webhooks, mailer }: WebAlertParts,
  settings: Pick<WebAppSettings, 'records' | 'sites' | 'budgets' | 'publicUrl' | 'alertSweepMs' | 'log'>,
): { stop(): Promise<void> } {
  const { records, sites, publicUrl, alertSweepMs, log } = settings;
  const nameOf = (siteId: string | undefined) => (siteId === undefined ? 'Firstword' : sites.sites.get(siteId)?.name);
  const ofModels = createModelWatch(modelOutages);
  const ofSites = createSiteWatches({
    siteIds: () => sites.sites.keys(),
    burn: usage.felt.burn,
    spentOn: usage.spentOn,
    budgets: { ...settings.budgets, sites: sites.budgets },
  });
  const notices = createAlertNotices({
    store: records.alerts,
    publish: ({ change, alert, at }) => webhooks.publish([webhookEventOfAlert(change, alert, at)]),
    mailer,
    recipients: createAlertRecipients(records),
    wordsOf: ({ change, alert }) =>
      alertMail(change, alert, {
        name: nameOf(alert.siteId) ?? alert.siteId ?? '',
        consoleUrl: publicUrl === undefined ? undefined : `${publicUrl}/console`,
      }),
    log,
  });
  const isOutageKnown = async () => (await records.alerts.listOpen()).some(({ alert }) => alert.kind === 'models-down');
  const turn = createSharedTurn(background, keys.alertTurn(), alertSweepMs ?? SWEEP_MS);
  const sweep = createAlertSweep({ store: records.alerts, log });

  const sweeping = startPeriodic(
    async () => {
      const now = await turn();
      if (now !== undefined) return sweep([...ofSites, ofModels], now);
      // What the calls of one process show, another one may not know.
      if (modelOutages.isSuspected() && !(await isOutageKnown())) await sweep([ofModels], Date.now());
    },
    alertSweepMs ?? TRY_MS,
    (reason) => log.warn({ reason }, 'looking for alerts failed; retrying'),
  );
  // Not one at a time: a mail server that does not answer must delay neither other alerts nor the end of the process.
  const delivering = setInterval(() => {
    notices
      .deliver()
      .catch((error: unknown) => log.debug({ reason: String(error) }, 'reading alerts to send failed; retrying'));
  }, alertSweepMs ?? DELIVERY_MS);
  return {
    async stop() {
      clearInterval(delivering);
      notices.stop();
      await sweeping.stop();
    },
  };
}
