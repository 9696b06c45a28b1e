/** The menu's line that e-mails the conversation to the visitor's confirmed address. */
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';

export function MailEntry({ chat, email }: { chat: Chat; email: string }) {
  const { mailTranscript, mailSent, dataFailed } = useExtraTexts();
  const [state, setState] = useState<'sent' | 'failed'>();
  const label = state === 'sent' ? mailSent(email) : state === 'failed' ? dataFailed : mailTranscript;
  return (
    <button
      type="button"
      role="menuitem"
      class="menu__item"
      aria-disabled={state === 'sent'}
      onClick={async () => {
        if (state === 'sent') return;
        setState((await chat.ask('transcript-mail', {}))?.ok ? 'sent' : 'failed');
      }}
    >
      <ExtraIcon name="mail" />
      <span class="menu__label" aria-live="polite">
        {label}
      </span>
    </button>
  );
}
