/** Above the ticket list: selects several tickets, marks them as spam, and undoes that. */
import { listTexts } from '../texts/list-texts.ts';
import type { SelectionNotice, TicketSelection } from '../ticket-selection.ts';

export interface SelectionBarProps {
  readonly selection: TicketSelection;
  /** Ids of the listed tickets. */
  readonly listed: readonly string[];
}

export function SelectionBar({ selection, listed }: SelectionBarProps) {
  const selected = selection.selected.value;
  const notice = selection.notice.value;
  const isBusy = selection.isBusy.value;
  return (
    <div class="selection">
      {selected === undefined ? (
        <button type="button" class="link" disabled={listed.length === 0} onClick={selection.start}>
          {listTexts.select}
        </button>
      ) : (
        <>
          <button type="button" class="link" onClick={() => selection.toggleAll(listed)}>
            {listTexts.selectAll}
          </button>
          <span class="selection__count">{listTexts.selected(selected.size)}</span>
          <button
            type="button"
            class="link"
            disabled={selected.size === 0 || isBusy}
            onClick={() => void selection.markAsSpam()}
          >
            {listTexts.markSelected}
          </button>
          <button type="button" class="link" onClick={selection.cancel}>
            {listTexts.cancelSelection}
          </button>
        </>
      )}
      <span role="status">
        {notice !== undefined && textOf(notice)}{' '}
        {notice?.kind === 'marked' && notice.ids.length > 0 && (
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
    case 'marked':
      return listTexts.marked(notice.ids.length, notice.left);
    case 'restored':
      return listTexts.restored(notice.count);
    case 'failed':
      return notice.message;
  }
}
