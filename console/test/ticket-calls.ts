/** The model calls of a scripted ticket: triage, a cancelled call and the answering hedge for each answer, and one for each analysis. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { ModelCallView, TicketCalls } from '@firstword/shared/model-calls';

export function callsOf({ ticket, messages, runs, cost }: TicketDetail): TicketCalls {
  const call = (changes: Partial<ModelCallView>): ModelCallView => ({
    purpose: 'answer',
    role: 'first',
    tier: 'fast',
    region: 'us-east',
    modelId: 'deepseek-v4-flash',
    startedAt: ticket.openedAt,
    totalMs: 1290,
    promptTokens: 820,
    completionTokens: 64,
    estimated: false,
    outcome: 'done',
    costKnown: 'output-only',
    costUsd: 0.000016,
    ...changes,
  });
  const answers = messages.flatMap(({ turnId }) =>
    turnId === undefined
      ? []
      : [
          call({ turnId, purpose: 'triage', tier: 'instant', modelId: 'qwen3-8b', ttftMs: 151, totalMs: 190 }),
          call({ turnId, outcome: 'aborted', reason: 'hedge-lost', totalMs: 260, completionTokens: 0, costUsd: 0 }),
          call({
            turnId,
            role: 'hedge',
            modelId: 'step-3.5-flash',
            ttftMs: 124,
            why: 'fast tier, us-east: deepseek-v4-flash (TTFT p50 182 ms by 40)',
          }),
        ],
  );
  const analyses = runs.flatMap(({ provenance, usage, timing, createdAt }) =>
    provenance === undefined || timing === undefined
      ? []
      : [
          call({
            ...{ ticketId: ticket.id, purpose: 'analysis', startedAt: createdAt, totalMs: timing.totalMs },
            ...{ tier: provenance.tier, region: provenance.region, modelId: provenance.modelId },
            ...(timing.ttftMs === undefined ? {} : { ttftMs: timing.ttftMs }),
            ...(usage?.costUsd === undefined ? {} : { costKnown: 'full' as const, costUsd: usage.costUsd }),
          }),
        ],
  );
  return {
    calls: [...answers, ...analyses],
    conversation: cost,
    ticket: { usd: analyses.length * 0.00032, atLeast: false, callsOfUnknownPrice: 0 },
  };
}
