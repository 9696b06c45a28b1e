/** Asks for an email address to reply to once the visitor has left, has it confirmed by a code, and shows it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { focusIsLost } from '../ui/use-kept-focus.ts';
import { ContactCode } from './contact-code.tsx';
import { useExtraTexts } from './extra-texts.ts';

/** Longest email address (RFC 5321). */
export const ADDRESS_MAX = 254;
/** Rejects only what cannot be an address; the server decides. */
export const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function ContactForm({ chat, state }: { chat: Chat; state: ChatState }) {
  const { contact, contactField, contactSave, contactSaved, contactChange, contactInvalid, contactCodes, notSaved } =
    useExtraTexts();
  const { contact: noted, responder } = state;
  const kept = noted?.confirmed ? noted.email : undefined;
  // A code is sent when the address is saved; one from the pre-chat form has not been saved here.
  const unconfirmed = kept === undefined && noted?.ticketId === responder.ticketId ? noted?.email : undefined;
  const [changes, setChanges] = useState(false);
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  const keptLine = useRef<HTMLParagraphElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const code = useRef<HTMLFormElement>(null);
  const saved = (kept ?? unconfirmed) !== undefined && !changes;
  useLayoutEffect(() => {
    // The control that the visitor used is gone: move the focus to its replacement.
    const shown = code.current ?? keptLine.current ?? form.current;
    const control = shown?.querySelector<HTMLElement>('input, button');
    if (control && focusIsLost(control)) control.focus({ preventScroll: true });
  }, [saved, kept]);

  async function save(form: HTMLFormElement) {
    const email = String(new FormData(form).get('email') ?? '').trim();
    if (!ADDRESS.test(email)) return setProblem(contactInvalid);
    setProblem('');
    setSending(true);
    const refusal = await chat.setContact(email);
    setSending(false);
    if (refusal !== undefined)
      return setProblem(
        refusal === 'bad-message' ? contactInvalid : refusal === 'rate-limited' ? contactCodes : notSaved,
      );
    setChanges(false);
  }

  if (unconfirmed !== undefined && saved)
    return <ContactCode chat={chat} email={unconfirmed} box={code} onChange={() => setChanges(true)} />;
  if (kept !== undefined && saved) {
    return (
      <p class="contact contact--kept" role="status" ref={keptLine}>
        <span dir="auto">{contactSaved(kept)}</span>
        <button type="button" class="link" onClick={() => setChanges(true)}>
          {contactChange}
        </button>
      </p>
    );
  }
  return (
    <form
      class="contact"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(event.currentTarget);
      }}
    >
      <label class="contact__label" for="contact">
        {contact}
      </label>
      <div class="line">
        <input
          id="contact"
          class="line__field"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          dir="ltr"
          maxLength={ADDRESS_MAX}
          placeholder={contactField}
          defaultValue={noted?.email ?? ''}
          aria-invalid={problem !== ''}
          aria-describedby={problem ? 'contact-problem' : undefined}
        />
        <button type="submit" class="line__button" disabled={sending}>
          {contactSave}
        </button>
      </div>
      {problem && (
        <p id="contact-problem" class="note note--bad" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
