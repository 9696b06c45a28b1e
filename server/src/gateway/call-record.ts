/** Writes the ledger row of one request, once, when its outcome is known. */
import { randomUUID } from 'node:crypto';
import type { RoutedModel } from '../routing/route.ts';
import type { CallOutcome, CallRole, CallRow, ChatRequest, TokenUsage } from './chat-call.ts';
import { costUsd } from './token-usage.ts';

export interface CallRecord {
  firstToken(ttftMs: number): void;
  /** Only the first call writes a row: an abort and the failure it causes are one outcome. */
  close(outcome: CallOutcome, readUsage: () => TokenUsage, facts?: Pick<CallRow, 'code' | 'reason'>): void;
}

export interface CallRecordParts {
  readonly request: ChatRequest;
  readonly model: RoutedModel;
  readonly role: CallRole;
  readonly onCall: (row: CallRow) => void;
  readonly now: () => number;
}

export function createCallRecord({ request, model, role, onCall, now }: CallRecordParts): CallRecord {
  const startedAt = Date.now();
  const start = now();
  let ttftMs: number | undefined;
  let closed = false;
  return {
    firstToken(ms) {
      ttftMs = ms;
    },
    close(outcome, readUsage, facts = {}) {
      if (closed) return;
      closed = true;
      const usage = readUsage();
      const cost = costUsd(usage, model.price);
      (request.record ?? onCall)({
        callId: randomUUID(),
        purpose: request.purpose,
        role,
        owner: request.owner,
        tier: request.route.tier,
        region: request.route.region,
        modelId: model.id,
        endpointId: model.endpoint.id,
        startedAt,
        totalMs: now() - start,
        usage,
        outcome,
        why: request.route.why,
        ...(request.masked ? { masked: request.masked } : {}),
        ...facts,
        ...(ttftMs === undefined ? {} : { ttftMs }),
        ...(cost === undefined ? {} : { costUsd: cost }),
      });
    },
  };
}
