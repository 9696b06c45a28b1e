/** The ledger row of one request: written once, when its outcome is known. */
import { randomUUID } from 'node:crypto';
import type { RoutedModel } from '../routing/route.ts';
import type { CallOutcome, CallRow, ChatRequest, TokenUsage } from './chat-call.ts';
import { costUsd } from './token-usage.ts';

export interface CallRecord {
  firstToken(ttftMs: number): void;
  /** Only the first call counts: an abort and the failure it causes are one outcome. */
  close(outcome: CallOutcome, usage: TokenUsage, code?: string): void;
}

export interface CallRecordParts {
  readonly request: ChatRequest;
  readonly model: RoutedModel;
  readonly onCall: (row: CallRow) => void;
  readonly now: () => number;
}

export function createCallRecord({ request, model, onCall, now }: CallRecordParts): CallRecord {
  const startedAt = Date.now();
  const start = now();
  let ttftMs: number | undefined;
  let closed = false;
  return {
    firstToken(ms) {
      ttftMs = ms;
    },
    close(outcome, usage, code) {
      if (closed) return;
      closed = true;
      const cost = costUsd(usage, model.price);
      onCall({
        callId: randomUUID(),
        purpose: request.purpose,
        owner: request.owner,
        tier: request.route.tier,
        region: request.route.region,
        modelId: model.id,
        endpointId: model.endpoint.id,
        startedAt,
        totalMs: now() - start,
        usage,
        outcome,
        ...(ttftMs === undefined ? {} : { ttftMs }),
        ...(code === undefined ? {} : { code }),
        ...(cost === undefined ? {} : { costUsd: cost }),
      });
    },
  };
}
