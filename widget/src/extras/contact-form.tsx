/** One line that asks where an answer goes when the visitor leaves, and afterwards says what was noted. */
import { useState } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { extraTexts } from './extra-texts.ts';

/** As many characters as an address may have (RFC 5321). */
export const ADDRESS_MAX = 254;
/** Only what cannot be an address is stopped here; the server decides. */
export const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function ContactForm({ chat, state }: { chat: Chat; state: ChatState }) {
  const { contact, contactField, contactSave, contactSaved, contactChange, contactInvalid, notSaved } =
    extraTexts.value;
  const { contact: noted, responder } = state;
  // What was given before the chat holds for whatever comes.
  const holds = noted?.ticketId === undefined || noted.ticketId === responder.ticketId;
  const kept = holds ? noted?.email : undefined;
  const [changes, setChanges] = useState(false);
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);

  async function save(form: HTMLFormElement) {
    const email = String(new FormData(form).get('email') ?? '').trim();
    if (!ADDRESS.test(email)) return setProblem(contactInvalid);
    setProblem('');
    setSending(true);
    const code = await chat.setContact(email);
    setSending(false);
    if (code !== undefined) return setProblem(code === 'bad-message' ? contactInvalid : notSaved);
    setChanges(false);
  }

  if (kept !== undefined && !changes) {
    return (
      <p class="contact contact--kept" role="status">
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
