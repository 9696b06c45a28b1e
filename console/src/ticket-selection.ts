/** The tickets that the agent selects in the list, to mark them as spam together; and the undoing of that. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';

export type SelectionNotice =
  /** These were marked, and can be restored. */
  | { readonly kind: 'marked'; readonly ids: readonly string[]; readonly left: number }
  | { readonly kind: 'restored'; readonly count: number }
  | { readonly kind: 'failed'; readonly message: string };

export interface TicketSelection {
  /** Undefined while nothing is being selected. */
  readonly selected: ReadonlySignal<ReadonlySet<string> | undefined>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly notice: ReadonlySignal<SelectionNotice | undefined>;
  start(): void;
  cancel(): void;
  toggle(id: string): void;
  /** Selects these, or none of them if all are selected. */
  toggleAll(ids: readonly string[]): void;
  markAsSpam(): Promise<void>;
  undo(): Promise<void>;
}

/** The most that the server accepts at once. */
const SELECTED_MAX = 200;

/** @param onChanged called when tickets of the list have changed */
export function createTicketSelection(api: Pick<Api, 'actOnMany'>, onChanged: () => void): TicketSelection {
  const selected = signal<ReadonlySet<string> | undefined>(undefined);
  const isBusy = signal(false);
  const notice = signal<SelectionNotice | undefined>(undefined);

  const act = async (action: 'mark-spam' | 'restore', ids: readonly string[]) => {
    if (ids.length === 0 || isBusy.value) return;
    isBusy.value = true;
    const result = await api.actOnMany(action, { ticketIds: [...ids], idempotencyKey: crypto.randomUUID() });
    batch(() => {
      isBusy.value = false;
      if (!result.ok) notice.value = { kind: 'failed', message: result.message };
      else if (action === 'restore') notice.value = { kind: 'restored', count: result.value.done.length };
      else {
        selected.value = undefined;
        notice.value = { kind: 'marked', ids: result.value.done, left: result.value.notDone.length };
      }
    });
    onChanged();
  };

  return {
    selected,
    isBusy,
    notice,
    start() {
      batch(() => {
        selected.value = new Set();
        notice.value = undefined;
      });
    },
    cancel() {
      selected.value = undefined;
    },
    toggle(id) {
      const ids = new Set(selected.value);
      if (!ids.delete(id) && ids.size < SELECTED_MAX) ids.add(id);
      selected.value = ids;
    },
    toggleAll(ids) {
      const isAll = ids.every((id) => selected.value?.has(id));
      selected.value = new Set(isAll ? [] : ids.slice(0, SELECTED_MAX));
    },
    markAsSpam: () => act('mark-spam', [...(selected.value ?? [])]),
    undo: () => act('restore', notice.value?.kind === 'marked' ? notice.value.ids : []),
  };
}
