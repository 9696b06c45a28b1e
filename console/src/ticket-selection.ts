/** The tickets that the agent selects in the list, to act on them together; and the undoing of a mark as spam. */
import type { BulkAction, BulkOutcome } from '@firstword/shared/ticket-requests';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { BulkChoice, InboxApi } from './inbox-api.ts';

/** What can be done with the selected tickets. */
export type SelectedAction = Exclude<BulkAction, 'restore'>;

export type SelectionNotice =
  /** `left`: how many had changed, so that nothing was done. Tickets that were marked as spam can be restored. */
  | { readonly kind: 'done'; readonly action: SelectedAction; readonly ids: readonly string[]; readonly left: number }
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
  act<A extends SelectedAction>(action: A, choice: BulkChoice<A>): Promise<void>;
  undo(): Promise<void>;
}

/** The most that the server accepts at once. */
const SELECTED_MAX = 200;

/** @param onChanged called when tickets of the list have changed */
export function createTicketSelection(api: Pick<InboxApi, 'actOnMany'>, onChanged: () => void): TicketSelection {
  const selected = signal<ReadonlySet<string> | undefined>(undefined);
  const isBusy = signal(false);
  const notice = signal<SelectionNotice | undefined>(undefined);

  const send = async <A extends BulkAction>(
    action: A,
    ids: readonly string[],
    choice: BulkChoice<A>,
    settle: (outcome: BulkOutcome) => SelectionNotice,
  ) => {
    if (ids.length === 0 || isBusy.value) return;
    isBusy.value = true;
    const result = await api.actOnMany(action, {
      ...choice,
      ticketIds: [...ids],
      idempotencyKey: crypto.randomUUID(),
    });
    batch(() => {
      isBusy.value = false;
      notice.value = result.ok ? settle(result.value) : { kind: 'failed', message: result.message };
      if (result.ok) selected.value = undefined;
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
    act: (action, choice) =>
      send(action, [...(selected.value ?? [])], choice, ({ done, notDone }) => ({
        ...{ kind: 'done', action, ids: done, left: notDone.length },
      })),
    undo: () =>
      send('restore', notice.value?.kind === 'done' ? notice.value.ids : [], {}, ({ done }) => ({
        ...{ kind: 'restored', count: done.length },
      })),
  };
}
