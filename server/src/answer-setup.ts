/** Builds what answers are made with: triage, rules, answer cache and the prompt's marker. */
import type { AnswerParts } from './conversation/answer.ts';
import { createAnswerCache } from './conversation/answer-cache.ts';
import { createPromptMarker } from './conversation/own-instructions.ts';
import type { Gateway } from './gateway/chat-call.ts';
import type { Log } from './lib/log.ts';
import type { Metrics } from './lib/metrics.ts';
import type { TokenHash } from './lib/tokens.ts';
import { createHandOffRules } from './triage/hand-off-rules.ts';
import { createMessageReader } from './triage/message-signals.ts';
import { createTriage, type Triage } from './triage/triage.ts';
import type { WebAppSettings } from './web/web-settings.ts';

export interface AnswerSetupParts extends Pick<AnswerParts, 'gateway' | 'router' | 'knowledgeOf'> {
  readonly metrics: Pick<Metrics, 'unreadableTriage' | 'recitedInstructions'>;
  readonly tokenHash: TokenHash;
  readonly log: Log;
}

export function createAnswerSetup(
  { metrics, tokenHash, log, ...models }: AnswerSetupParts,
  { answerCache }: Pick<WebAppSettings['routing'], 'answerCache'>,
) {
  const triageBy = (gateway: Gateway): Triage =>
    createTriage({
      gateway,
      onFault: (error) => log.warn({ reason: String(error) }, 'triage failed'),
      onUnreadable: (reply) => {
        metrics.unreadableTriage.inc();
        log.warn({ characters: reply.length }, 'triage reply has no label, using the text rules');
      },
    });
  const answerParts: Omit<AnswerParts, 'mode'> = {
    ...models,
    triage: triageBy(models.gateway),
    readMessage: createMessageReader(),
    rules: createHandOffRules(),
    cache: createAnswerCache({ ttlMs: answerCache.ttlSeconds * 1000, entries: answerCache.entries }),
    // Visitors can't know it, and it is the same in all processes, so that an endpoint's cached prompts serve each of them.
    promptMarker: createPromptMarker(tokenHash),
    onRecited({ siteId, turnId }, what) {
      metrics.recitedInstructions.inc({ site: siteId });
      log.warn({ siteId, turnId, recognisedBy: what }, 'answer contains our instructions, withholding it');
    },
  };
  return { answerParts, triageBy };
}
