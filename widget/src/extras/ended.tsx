/** Replaces the composer once the visitor has ended the chat: continue it, or start a new one. */
import type { Chat } from '../chat/create-chat.ts';
import { useExtraTexts } from './extra-texts.ts';

export function Ended({ chat, onContinue }: { chat: Chat; onContinue: () => void }) {
  const { ended, continueChat, newChat } = useExtraTexts();
  return (
    <div class="ended">
      <p class="note">{ended}</p>
      <button type="button" class="link" onClick={onContinue}>
        {continueChat}
      </button>
      <button type="button" class="link" onClick={() => chat.switchTo()}>
        {newChat}
      </button>
    </div>
  );
}
