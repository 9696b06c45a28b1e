/** Asks for the code that was sent to the visitor's email address. */
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useExtraTexts } from './extra-texts.ts';

export interface ContactCodeProps {
  readonly chat: Chat;
  readonly email: string;
  readonly box: RefObject<HTMLFormElement | null>;
  readonly onChange: () => void;
}

export function ContactCode({ chat, email, box, onChange }: ContactCodeProps) {
  const { contactCode, contactConfirm, contactWrong, contactChange, notSaved } = useExtraTexts();
  const [problem, setProblem] = useState('');

  async function confirm(form: HTMLFormElement) {
    const code = String(new FormData(form).get('code') ?? '').replace(/\s/g, '');
    const answer = await chat.ask('contact-confirm', { code });
    if (!answer?.ok) return setProblem(answer && answer.code !== 'unavailable' ? contactWrong : notSaved);
    chat.change((state) => ({ ...state, contact: { ...state.contact, email, confirmed: true } }));
  }

  return (
    <form
      class="contact"
      ref={box}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void confirm(event.currentTarget);
      }}
    >
      <label class="contact__label" for="contact-code" dir="auto">
        {contactCode(email)}
      </label>
      <div class="line">
        <input
          id="contact-code"
          class="line__field"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          dir="ltr"
          maxLength={12}
          aria-invalid={problem !== ''}
          aria-describedby={problem ? 'contact-code-problem' : undefined}
        />
        <button type="submit" class="line__button">
          {contactConfirm}
        </button>
      </div>
      {problem && (
        <p id="contact-code-problem" class="note note--bad" role="alert">
          {problem}
        </p>
      )}
      <button type="button" class="link" onClick={onChange}>
        {contactChange}
      </button>
    </form>
  );
}
