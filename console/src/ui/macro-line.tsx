/** What is done with the ticket once the reply is sent, and a button not to do it. */
import { useEffect } from 'preact/hooks';
import { macroText } from '../macros.ts';
import { macroTexts } from '../texts/macro-texts.ts';
import type { Workspace } from '../workspace.ts';

export function MacroLine({ workspace: { ticket, cannedReplies } }: { workspace: Workspace }) {
  const id = ticket.draft.value?.macroOf;
  useEffect(() => {
    if (id !== undefined) void cannedReplies.find(id);
  }, [cannedReplies, id]);
  const macro = cannedReplies.list.response.value?.replies.find((reply) => reply.id === id)?.macro;
  if (macro === undefined) return null;
  return (
    <p class="composer__macro">
      {macroTexts.afterSending} <b>{macroText(macro)}</b>{' '}
      <button type="button" class="link" onClick={() => ticket.attachMacro(undefined)}>
        {macroTexts.drop}
      </button>
    </p>
  );
}
