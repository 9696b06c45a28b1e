/** Offers an agent where the assistant couldn't answer. */
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useExtraTexts } from './extra-texts.ts';

export function AskAgent({ chat }: { chat: Chat }) {
  const { talkToAgent, agentRequestFailed } = useExtraTexts();
  const [failed, setFailed] = useState(false);
  return (
    <>
      <button type="button" class="link" onClick={async () => setFailed(!(await chat.requestAgent()))}>
        {talkToAgent}
      </button>
      {failed && <span role="alert">{agentRequestFailed}</span>}
    </>
  );
}
