/** The state of benchmarks on the Models page: what may be measured, the run in progress, earlier runs, and two that are compared. */
import type { Benchmark, BenchmarkCandidate, BenchmarkList, BenchmarkRequest } from '@firstword/shared/benchmark';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Result } from './api-result.ts';
import type { BenchmarkApi } from './benchmark-api.ts';
import { createResource, type Resource } from './resource.ts';
import { benchmarkTexts as texts } from './texts/benchmark-texts.ts';
import { runTexts } from './texts/run-texts.ts';

export interface BenchmarkController {
  readonly list: Resource<object, BenchmarkList>;
  /** The one that is shown: the one that was chosen, or the newest. */
  readonly shown: ReadonlySignal<Benchmark | undefined>;
  /** The one that it is compared with. */
  readonly compared: ReadonlySignal<Benchmark | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<string | undefined>;
  /** Also follows a run that is in progress, of this agent or of another one. */
  load(): Promise<void>;
  start(request: BenchmarkRequest): Promise<void>;
  stop(id: string): Promise<void>;
  show(id: string): void;
  compareWith(id: string | undefined): void;
  /** Stops following. */
  leave(): void;
}

const FOLLOW_MS = 1000;

export function createBenchmarkController(api: BenchmarkApi, followMs = FOLLOW_MS): BenchmarkController {
  const list = createResource<object, BenchmarkList>({}, api.read);
  const shownId = signal<string | undefined>(undefined);
  const comparedId = signal<string | undefined>(undefined);
  const busy = signal(false);
  const failure = signal<string | undefined>(undefined);
  let following: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;

  const runs = () => list.response.value?.runs ?? [];
  const find = (id: string | undefined) => runs().find((run) => run.id === id);
  const load = async () => {
    isOpen = true;
    clearTimeout(following);
    await list.load();
    const isRunning = runs().some(({ state }) => state === 'running');
    if (isRunning && isOpen) following = setTimeout(() => void load(), followMs);
  };
  const fail = ({ code, message }: Failure) => {
    failure.value = code === 'offline' ? runTexts.offline : code === 'conflict' ? texts.conflict : message;
  };
  const act = async (request: Promise<Result<Benchmark>>) => {
    busy.value = true;
    failure.value = undefined;
    const result = await request;
    busy.value = false;
    if (!result.ok) fail(result);
    await load();
    return result.ok ? result.value : undefined;
  };

  return {
    list,
    shown: computed(() => find(shownId.value) ?? runs()[0]),
    compared: computed(() => find(comparedId.value)),
    busy,
    failure,
    load,
    async start(request) {
      const started = await act(api.start(request));
      if (started === undefined) return;
      shownId.value = started.id;
      comparedId.value = undefined;
    },
    async stop(id) {
      await act(api.stop(id));
    },
    show(id) {
      shownId.value = id;
      if (comparedId.value === id) comparedId.value = undefined;
    },
    compareWith(id) {
      comparedId.value = id;
    },
    leave() {
      isOpen = false;
      clearTimeout(following);
      shownId.value = undefined;
      comparedId.value = undefined;
      failure.value = undefined;
    },
  };
}

export const candidateKey = ({ modelId, endpointId }: Pick<BenchmarkCandidate, 'modelId' | 'endpointId'>): string =>
  `${endpointId} ${modelId}`;
