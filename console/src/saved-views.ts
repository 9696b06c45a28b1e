/** The views that the agent has saved: a list with its filters, under a name. */
import { VIEW_COUNT_MAX } from '@firstword/shared/limits';
import type { NewView, SavedView, SavedViewList, ViewCounts } from '@firstword/shared/saved-view';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { failureOf } from './failure-of.ts';
import type { InboxApi } from './inbox-api.ts';
import { countText } from './numbers.ts';
import { createResource } from './resource.ts';

export interface SavedViews {
  readonly views: ReadonlySignal<readonly SavedView[]>;
  /** Why the last change was not stored. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** The view that was deleted last, while that can be undone. */
  readonly removed: ReadonlySignal<SavedView | undefined>;
  /** Numbers beside the views, by id; empty where there is none. */
  countText(id: string): string;
  load(): Promise<void>;
  /** Counts what the views list. */
  count(): Promise<void>;
  /** Resolves with whether it was stored. */
  save(view: NewView): Promise<boolean>;
  remove(view: SavedView): Promise<void>;
  undoRemove(): Promise<void>;
}

export function createSavedViews(
  api: Pick<InboxApi, 'readViews' | 'countViews' | 'saveView' | 'removeView'>,
): SavedViews {
  const list = createResource<object, SavedViewList>({}, api.readViews);
  const counts = createResource<object, ViewCounts>({}, api.countViews);
  const failure = signal<string | undefined>(undefined);
  const removed = signal<SavedView | undefined>(undefined);
  const change = async (request: ReturnType<InboxApi['removeView']>) => {
    const result = await request;
    failure.value = failureOf(result);
    if (result.ok) await list.load();
    return result.ok;
  };
  return {
    views: computed(() => list.response.value?.views ?? []),
    failure,
    removed,
    countText(id) {
      const count = counts.response.value?.counts[id];
      if (count === undefined) return '';
      return count < VIEW_COUNT_MAX ? countText(count) : `${VIEW_COUNT_MAX - 1}+`;
    },
    count: () => counts.load(),
    async load() {
      removed.value = undefined;
      await list.load();
    },
    save: (view) => change(api.saveView(view)),
    async remove(view) {
      if (await change(api.removeView(view.id))) removed.value = view;
    },
    async undoRemove() {
      if (removed.value === undefined) return;
      const { id: _, ...view } = removed.value;
      if (await change(api.saveView(view))) removed.value = undefined;
    },
  };
}
