/** Above the ticket list: selects several tickets, and acts on them together. */
import { listTexts } from '../texts/list-texts.ts';
import { replyTexts } from '../texts/reply-texts.ts';
import type { SelectionNotice } from '../ticket-selection.ts';
import type { Workspace } from '../workspace.ts';

export interface SelectionBarProps {
  readonly workspace: Workspace;
  /** Ids of the listed tickets that the agent may change. */
  readonly listed: readonly string[];
  /** Whether there are others only. */
  readonly readOnly: boolean;
}

export function SelectionBar({ workspace: { selection, dialog }, listed, readOnly }: SelectionBarProps) {
  const selected = selection.selected.value;
  const notice = selection.notice.value;
  const isBusy = selection.isBusy.value;
  const { actions } = listTexts;
  const action = (label: string, run: () => void) => (
    <button type="button" class="link" disabled={selected?.size === 0 || isBusy} onClick={run}>
      {label}
    </button>
  );
  const ask = (name: 'assign-selected' | 'snooze-selected' | 'resolve-selected') => () => {
    dialog.value = name;
  };
  return (
    <div class="selection">
      {selected === undefined ? (
        <button
          type="button"
          class="link"
          disabled={listed.length === 0}
          title={readOnly ? replyTexts.readOnly : undefined}
          onClick={selection.start}
        >
          {listTexts.select}
        </button>
      ) : (
        <>
          <button type="button" class="link" onClick={() => selection.toggleAll(listed)}>
            {listTexts.selectAll}
          </button>
          <span class="selection__count">{listTexts.selected(selected.size)}</span>
          {action(actions.claim, () => void selection.act('claim', {}))}
          {action(actions.assign, ask('assign-selected'))}
          {action(actions.snooze, ask('snooze-selected'))}
          {action(actions.resolve, ask('resolve-selected'))}
          {action(actions['mark-spam'], () => void selection.act('mark-spam', {}))}
          <button type="button" class="link" onClick={selection.cancel}>
            {listTexts.cancelSelection}
          </button>
        </>
      )}
      <span role="status">
        {notice !== undefined && textOf(notice)}{' '}
        {notice?.kind === 'done' && notice.action === 'mark-spam' && notice.ids.length > 0 && (
          <button type="button" class="link" disabled={isBusy} onClick={() => void selection.undo()}>
            {listTexts.undo}
          </button>
        )}
      </span>
    </div>
  );
}

function textOf(notice: SelectionNotice): string {
  switch (notice.kind) {
    case 'done':
      return listTexts.acted(notice.action, notice.ids.length, notice.left);
    case 'restored':
      return listTexts.restored(notice.count);
    case 'failed':
      return notice.message;
  }
}
