/** Stands in the composer's place once the visitor has ended the chat: the two ways to go on from there. */
import type { Chat } from '../chat/create-chat.ts';
import { texts } from '../texts.ts';

export function Ended({ chat, waits, onGoOn }: { chat: Chat; waits: boolean; onGoOn: () => void }) {
  const { ended, goOn, startAnew } = texts.value;
  return (
    <div class="ended">
      <p class="note">{ended}</p>
      <button type="button" class="link" onClick={onGoOn}>
        {goOn}
      </button>
      {/* While a person works on it, the way to their answer stays open. */}
      {!waits && (
        <button type="button" class="link" onClick={chat.startAnew}>
          {startAnew}
        </button>
      )}
    </div>
  );
}
