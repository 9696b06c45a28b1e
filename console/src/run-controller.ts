/** The state of background runs on a page: the run in progress, earlier runs, and two that are compared. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Result } from './api-result.ts';
import { createResource, type Resource } from './resource.ts';
import { runTexts } from './texts/run-texts.ts';

interface ShownRun {
  readonly id: string;
  readonly state: string;
}

export interface RunController<Run extends ShownRun, List extends { readonly runs: readonly Run[] }, Request> {
  readonly list: Resource<object, List>;
  /** The one that is shown: the one that was chosen, or the newest. */
  readonly shown: ReadonlySignal<Run | undefined>;
  /** The one that it is compared with. */
  readonly compared: ReadonlySignal<Run | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<string | undefined>;
  /** Also follows a run that is in progress, of this agent or of another one. */
  load(): Promise<void>;
  start(request: Request): Promise<void>;
  stop(id: string): Promise<void>;
  show(id: string): void;
  compareWith(id: string | undefined): void;
  /** Stops following. */
  leave(): void;
}

export interface RunControllerParts<Run, List, Request> {
  read(): Promise<Result<List>>;
  start(request: Request): Promise<Result<Run>>;
  stop(id: string): Promise<Result<Run>>;
  /** When another one is running. */
  readonly conflictText: string;
  /** Unless another one is chosen, a run is compared with the one before it. */
  readonly comparesPrevious: boolean;
  readonly followMs?: number | undefined;
}

const FOLLOW_MS = 1000;
const NO_RUN = '';

export function createRunController<Run extends ShownRun, List extends { readonly runs: readonly Run[] }, Request>(
  parts: RunControllerParts<Run, List, Request>,
): RunController<Run, List, Request> {
  const { conflictText, comparesPrevious, followMs = FOLLOW_MS } = parts;
  const list = createResource<object, List>({}, parts.read);
  const shownId = signal<string | undefined>(undefined);
  const comparedId = signal<string | undefined>(undefined);
  const busy = signal(false);
  const failure = signal<string | undefined>(undefined);
  let following: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;

  const runs = (): readonly Run[] => list.response.value?.runs ?? [];
  const find = (id: string | undefined) => runs().find((run) => run.id === id);
  const shown = computed(() => find(shownId.value) ?? runs()[0]);
  const previous = () => {
    const { value } = shown;
    return value === undefined ? undefined : runs()[runs().indexOf(value) + 1];
  };
  const load = async () => {
    isOpen = true;
    clearTimeout(following);
    await list.load();
    clearTimeout(following);
    const isRunning = runs().some(({ state }) => state === 'running');
    if (isRunning && isOpen) following = setTimeout(() => void load(), followMs);
  };
  const fail = ({ code, message }: Failure) => {
    failure.value = code === 'offline' ? runTexts.offline : code === 'conflict' ? conflictText : message;
  };
  const act = async (request: Promise<Result<Run>>) => {
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
    shown,
    compared: computed(() =>
      comparesPrevious && comparedId.value === undefined ? previous() : find(comparedId.value),
    ),
    busy,
    failure,
    load,
    async start(request) {
      const started = await act(parts.start(request));
      if (started === undefined) return;
      shownId.value = started.id;
      comparedId.value = undefined;
    },
    async stop(id) {
      await act(parts.stop(id));
    },
    show(id) {
      shownId.value = id;
      if (comparedId.value === id) comparedId.value = undefined;
    },
    compareWith(id = NO_RUN) {
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
