/** A message of the visitor, an agent or the system. */
import type { Message } from '@firstword/shared/wire';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Outgoing } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { firstCharacter } from '../cut.ts';
import { useTexts } from '../texts.ts';
import { RichText } from './rich-text.tsx';
import { Time } from './time.tsx';
import { ExtrasContext, useExtras } from './use-extras.ts';

const SLOW_MS = 1000;

export function MessageRow({ message, chat, sourceBase }: { message: Message; chat: Chat; sourceBase: string }) {
  const { you, agent: fallbackName } = useTexts();
  const { from, text, at, agent, file } = message;
  const picture = agent?.picture;
  const parts = useExtras(!!(file || picture));
  const loaded = useContext(ExtrasContext)?.extras.value;
  if (from === 'system') {
    return (
      <li class="system" dir="auto">
        {text}
      </li>
    );
  }
  if (from === 'visitor') {
    return (
      <li class="own">
        <span class="unseen">{you}: </span>
        <div class="bubble" dir="auto">
          {parts && file ? <parts.FileLink chat={chat} file={file} /> : text}
        </div>
        {loaded && <loaded.Delivered chat={chat} message={message} />}
      </li>
    );
  }
  const name = agent?.name ?? fallbackName;
  return (
    <li class="agent">
      <span class="agent__avatar" aria-hidden="true">
        {firstCharacter(name)}
        {parts && picture && <parts.AgentPicture server={sourceBase} picture={picture} />}
      </span>
      <div class="agent__message">
        <p class="agent__name">
          <b>{name}</b> <Time at={at} clockOffsetMs={chat.outline.value.clockOffsetMs} />
        </p>
        {parts && file ? <parts.FileLink chat={chat} file={file} /> : <RichText text={text} sourceBase={sourceBase} />}
      </div>
    </li>
  );
}

/** True once `busy` has lasted `SLOW_MS`. */
function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow;
}

export function OutgoingRow({
  outgoing,
  chat,
  online,
  edit,
}: {
  outgoing: Outgoing;
  chat: Chat;
  online: boolean;
  edit: (text: string) => void;
}) {
  const { you, notSent, retry, edit: editText, sending, waitingForConnection } = useTexts();
  const slow = useSlow(outgoing.status === 'pending');
  const { id, text, status, code = 'unreachable' } = outgoing;
  // The server would refuse the same text again, so offer to edit it.
  const final = code === 'too-long' || code === 'bad-message';
  return (
    <li class="own">
      <span class="unseen">{you}: </span>
      <div class={`bubble bubble--${status}`} dir="auto">
        {text}
      </div>
      {slow && (
        <p class="note" key={online}>
          {online ? sending : waitingForConnection}
        </p>
      )}
      {status === 'failed' && (
        <p class="note note--bad" key={code}>
          {notSent[code]}
          {code !== 'closed' && (
            <button type="button" class="link" onClick={() => (final ? edit(chat.takeBack(id)) : chat.resend(id))}>
              {final ? editText : retry}
            </button>
          )}
        </p>
      )}
    </li>
  );
}
