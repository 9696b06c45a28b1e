/** The state of the Models page: what is in force, the form, a running check, and the versions. */
import type {
  ModelCheckEvent,
  ModelCheckLine,
  ModelCheckRequest,
  ModelSettingsView,
} from '@firstword/shared/model-settings';
import type { ResponseTimeReport } from '@firstword/shared/reports';
import type { SessionView } from '@firstword/shared/sign-in';
import type { SiteDiff } from '@firstword/shared/site-settings';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import type { Failure, Result } from './api-result.ts';
import { draftOf, keyOf, type ModelDraft, settingsOf } from './model-draft.ts';
import { createResource, type Resource } from './resource.ts';
import { modelRefusal, modelSettingsTexts as texts } from './texts/model-settings-texts.ts';

/** `draft`: of what is in the form; `in-use`: of what is in force. */
export type CheckSubject = 'draft' | 'in-use';

export interface ModelCheckState {
  readonly of: CheckSubject;
  readonly isRunning: boolean;
  /** Models to check; undefined until the server has counted them. */
  readonly total: number | undefined;
  readonly lines: readonly ModelCheckLine[];
}

export interface ModelsController {
  readonly view: Resource<object, ModelSettingsView>;
  /** Felt TTFT by model, of the last seven days and the first site. */
  readonly felt: Resource<object, ResponseTimeReport>;
  /** Undefined until the page is loaded. */
  readonly draft: ReadonlySignal<ModelDraft | undefined>;
  readonly isDemo: ReadonlySignal<boolean>;
  readonly check: ReadonlySignal<ModelCheckState | undefined>;
  /** What was saved is being checked by the server. */
  readonly awaitsCheck: ReadonlySignal<boolean>;
  readonly busy: ReadonlySignal<boolean>;
  readonly notice: ReadonlySignal<{ readonly kind: 'done' | 'failed'; readonly text: string } | undefined>;
  /** Of the version that is compared with the one before it. */
  readonly diff: ReadonlySignal<{ readonly number: number; readonly changes: SiteDiff['changes'] } | undefined>;
  load(): Promise<void>;
  edit(change: Partial<ModelDraft>): void;
  checkModels(of: CheckSubject): Promise<void>;
  save(): Promise<boolean>;
  rollBack(version: number): Promise<void>;
  compare(number: number): Promise<void>;
  /** Ends a running check and forgets what was not saved. */
  leave(): void;
}

const FELT_DAYS = 7;
const FOLLOW_MS = 1000;
/** A check takes a few seconds; half a minute at an endpoint that never answers. */
const FOLLOW_READS = 40;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @param before when the last check was stored that may be of an earlier version */
function isCheckDue({ lastCheck, versions }: Partial<ModelSettingsView> = {}, before: number | undefined): boolean {
  if (lastCheck?.at !== before) return false;
  const savedAt = versions?.[0]?.createdAt;
  return lastCheck === undefined || savedAt === undefined || lastCheck.at < savedAt;
}

export function createModelsController(
  { modelSettings: api, readResponseTime }: Pick<Api, 'modelSettings' | 'readResponseTime'>,
  mode: SessionView['mode'],
  now: () => number = Date.now,
): ModelsController {
  const view = createResource<object, ModelSettingsView>({}, api.read);
  const felt = createResource<object, ResponseTimeReport>({}, () =>
    readResponseTime({
      site: undefined,
      by: 'model',
      from: new Date(now() - (FELT_DAYS - 1) * DAY_MS).toISOString().slice(0, 10),
    }),
  );
  const draft = signal<ModelDraft | undefined>(undefined);
  const check = signal<ModelCheckState | undefined>(undefined);
  const busy = signal(false);
  const notice = signal<ModelsController['notice']['value']>(undefined);
  const diff = signal<ModelsController['diff']['value']>(undefined);
  let measured: Readonly<Record<string, number>> = {};
  let checking = new AbortController();
  let following: ReturnType<typeof setTimeout> | undefined;
  const awaitsCheck = signal(false);

  const fail = (failure: Failure) => {
    const { code } = failure;
    const text = code === 'offline' ? texts.offline : code === 'conflict' ? texts.conflict : modelRefusal(failure);
    notice.value = { kind: 'failed', text };
  };
  const use = (found: ModelSettingsView) => {
    view.set(found);
    draft.value = draftOf(found);
    diff.value = undefined;
  };
  /** The server checks by itself what was saved; on a busy machine it may have done so before it answers. */
  const followCheck = (before: number | undefined, reads: number) => {
    clearTimeout(following);
    awaitsCheck.value = reads > 0 && isCheckDue(view.response.value, before);
    if (!awaitsCheck.value) return;
    following = setTimeout(async () => {
      await view.load();
      followCheck(before, reads - 1);
    }, FOLLOW_MS);
  };
  const act = async (request: Promise<Result<ModelSettingsView>>) => {
    busy.value = true;
    const result = await request;
    busy.value = false;
    if (!result.ok) fail(result);
    else {
      use(result.value);
      check.value = undefined; // the check of what was saved replaces it
      notice.value = { kind: 'done', text: texts.saved(result.value.version) };
      followCheck(result.value.lastCheck?.at, FOLLOW_READS);
    }
    return result.ok;
  };
  const noteEvent = (event: ModelCheckEvent) => {
    const running = check.value;
    if (running === undefined) return;
    if ('total' in event) {
      check.value = { ...running, total: event.total };
      return;
    }
    check.value = { ...running, lines: [...running.lines, event.line] };
    if (event.ttftMs !== undefined && running.of === 'draft') measured = { ...measured, [event.modelId]: event.ttftMs };
  };
  const requestFor = (of: CheckSubject): ModelCheckRequest => {
    const found = view.response.value;
    if (of === 'in-use' || found === undefined || draft.value === undefined) return {};
    return { settings: settingsOf(draft.value, found, {}), ...keyOf(draft.value) };
  };

  return {
    view,
    felt,
    draft,
    isDemo: computed(() =>
      view.response.value === undefined ? mode === 'demo' : view.response.value.source === 'demo',
    ),
    check,
    awaitsCheck,
    busy,
    notice,
    diff,
    async load() {
      void felt.load();
      await view.load();
      const found = view.response.value;
      if (found !== undefined) draft.value ??= draftOf(found);
    },
    edit(change) {
      notice.value = undefined;
      if (draft.value !== undefined) draft.value = { ...draft.value, ...change };
    },
    async checkModels(of) {
      notice.value = undefined;
      checking.abort('another check');
      checking = new AbortController();
      const { signal: ended } = checking;
      check.value = { of, isRunning: true, total: undefined, lines: [] };
      const result = await api.check(requestFor(of), noteEvent, ended);
      if (ended.aborted) return;
      if (result.ok) check.value = { ...check.value, isRunning: false };
      else {
        check.value = undefined;
        fail(result);
      }
      if (of === 'in-use') await view.load();
    },
    async save() {
      const found = view.response.value;
      if (found === undefined || draft.value === undefined) return false;
      const settings = settingsOf(draft.value, found, measured);
      return act(api.save({ settings, expectedVersion: found.version, ...keyOf(draft.value) }));
    },
    async rollBack(version) {
      await act(api.rollBack(version, view.response.value?.version ?? 0));
    },
    async compare(number) {
      const result = await api.readDiff(number - 1, number);
      if (result.ok) diff.value = { number, changes: result.value.changes };
      else fail(result);
    },
    leave() {
      followCheck(undefined, 0);
      checking.abort('left');
      check.value = undefined;
      draft.value = undefined;
      notice.value = undefined;
      diff.value = undefined;
    },
  };
}
