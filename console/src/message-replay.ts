/** Has other models answer a visitor's message again, side by side. The visitor gets nothing of it. */
import type { AnswerReplayEvent, AnswerReplayRequest } from '@firstword/shared/answer-replay';
import type { Guidance, GuidanceView } from '@firstword/shared/guidance';
import type { ModelCallView } from '@firstword/shared/model-calls';
import type { Message } from '@firstword/shared/wire';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';
import type { KnowledgeApi } from './knowledge-api.ts';
import { applyReplayEvent, type ReplayRun, startedRun } from './replay-run.ts';
import { createResource, type Resource } from './resource.ts';
import type { AllSenders } from './senders.ts';

export interface ReplayApi {
  /** Resolves after the last event. */
  replay(
    conversationId: string,
    request: AnswerReplayRequest,
    onEvent: (event: AnswerReplayEvent) => void,
    signal: AbortSignal,
  ): Promise<Result<undefined>>;
}

export function createReplayApi({ sendForLines }: Pick<AllSenders, 'sendForLines'>): ReplayApi {
  return {
    replay: (id, request, onEvent, until) =>
      sendForLines(`/conversations/${encodeURIComponent(id)}/replay`, request, onEvent, until),
  };
}

export interface ReplayTarget {
  readonly conversationId: string;
  readonly siteId: string;
  readonly question: Message;
  /** What the visitor got. */
  readonly original: Message | undefined;
  /** The model calls of that answer. */
  readonly calls: readonly ModelCallView[];
}

export interface MessageReplay {
  readonly target: ReadonlySignal<ReplayTarget | undefined>;
  /** One for each model, in the order in which they were chosen. */
  readonly runs: ReadonlySignal<readonly ReplayRun[]>;
  readonly running: ReadonlySignal<boolean>;
  /** The site's, to change it for a replay. */
  readonly guidance: Resource<{ site: string }, GuidanceView>;
  choose(target: ReplayTarget): void;
  /** @param guidance in place of the site's */
  start(models: readonly string[], guidance: Guidance | undefined): Promise<void>;
  /** What is written so far stays. */
  stop(): void;
  /** Stops, and forgets the answers. */
  leave(): void;
}

export function createMessageReplay(api: ReplayApi, knowledge: Pick<KnowledgeApi, 'readGuidance'>): MessageReplay {
  const target = signal<ReplayTarget | undefined>(undefined);
  const runs = signal<readonly ReplayRun[]>([]);
  const guidance = createResource<{ site: string }, GuidanceView>({ site: '' }, ({ site }) =>
    knowledge.readGuidance(site),
  );
  let running: AbortController | undefined;

  const stop = () => {
    running?.abort();
    running = undefined;
    runs.value = runs.value.map((run) => (run.state === 'running' ? { ...run, state: 'stopped' } : run));
  };
  const leave = () => {
    stop();
    runs.value = [];
  };
  return {
    target,
    runs,
    running: computed(() => runs.value.some(({ state }) => state === 'running')),
    guidance,
    choose(chosen) {
      leave();
      guidance.clear();
      target.value = chosen;
    },
    async start(models, changed) {
      const about = target.value;
      if (about === undefined) return;
      stop();
      const mine = new AbortController();
      running = mine;
      runs.value = models.map(startedRun);
      const update = (at: number, change: (run: ReplayRun) => ReplayRun) => {
        if (running === mine) runs.value = runs.value.map((run, index) => (index === at ? change(run) : run));
      };
      const ask = async (model: string, at: number) => {
        const request = { seq: about.question.seq, model, ...(changed === undefined ? {} : { guidance: changed }) };
        const onEvent = (event: AnswerReplayEvent) => update(at, (run) => applyReplayEvent(run, event));
        const result = await api.replay(about.conversationId, request, onEvent, mine.signal);
        const failure = result.ok ? 'cut-off' : result.message;
        update(at, (run) => (run.state === 'running' ? { ...run, state: 'failed', failure } : run));
      };
      await Promise.all(models.map(ask));
    },
    stop,
    leave,
  };
}
