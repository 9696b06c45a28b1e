/** Exports or deletes what is stored of a visitor. Deleting asks for a confirmation, because nothing brings it back. */
import { dialogTexts } from '../texts/dialog-texts.ts';
import { visitorDataTexts } from '../texts/visitor-data-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogFrame } from './dialog-frame.tsx';

export function VisitorDataDialog({ workspace }: { workspace: Workspace }) {
  const { busy, failed, removed, exportAll, erase } = workspace.visitorRequests;
  const isDone = removed.value !== undefined;
  const close = () => {
    workspace.dialog.value = undefined;
  };
  return (
    <DialogFrame workspace={workspace} title={visitorDataTexts.title} hint={visitorDataTexts.hint}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <p role="status">{removed.value !== undefined && visitorDataTexts.removed(removed.value)}</p>
        {!isDone && (
          <label class="choices__item">
            <input type="checkbox" required data-first /> {visitorDataTexts.confirm}
          </label>
        )}
        <p class="report__failed" role="alert">
          {failed.value && visitorDataTexts.failed}
        </p>
        <div class="dialog__foot">
          <button type="button" class="button button--quiet" onClick={close}>
            {isDone ? visitorDataTexts.close : dialogTexts.cancel}
          </button>
          {!isDone && (
            <>
              <button type="button" class="button button--plain" disabled={busy.value} onClick={() => void exportAll()}>
                {visitorDataTexts.exportAll}
              </button>
              <button type="submit" class="button button--plain button--stop" disabled={busy.value}>
                {visitorDataTexts.erase}
              </button>
            </>
          )}
        </div>
      </form>
    </DialogFrame>
  );
}
