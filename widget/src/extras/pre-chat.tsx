/** The site's form before the first message; replaces the composer until it is sent or skipped. */
import { COMMENT_TEXT_MAX, NAME_TEXT_MAX } from '@firstword/shared/limits';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { ADDRESS, ADDRESS_MAX } from './contact-form.tsx';
import { useExtraTexts } from './extra-texts.ts';

const FIELDS = ['name', 'email', 'answer'] as const;
type Field = (typeof FIELDS)[number];
const KINDS = {
  name: { type: 'text', autoComplete: 'name', maxLength: NAME_TEXT_MAX, dir: 'auto' },
  email: { type: 'email', autoComplete: 'email', maxLength: ADDRESS_MAX, dir: 'ltr' },
  answer: { type: 'text', autoComplete: 'off', maxLength: COMMENT_TEXT_MAX, dir: 'auto' },
} as const;

/** The form is done, and the address applies to every ticket. */
function settled(state: ChatState, email?: string): ChatState {
  if (!state.site) return state;
  const { preChat: _, ...site } = state.site;
  return { ...state, site, ...(email && { contact: { email } }) };
}

/** `focus`: whether the first field takes the focus. */
export function PreChat({ chat, focus, onDone }: { chat: Chat; focus: boolean; onDone: () => void }) {
  const {
    beforeStart,
    yourName,
    contactField,
    optional,
    required: requiredText,
    contactInvalid,
    startChat,
    skip,
    notSaved,
    consentAccept,
  } = useExtraTexts();
  const form = chat.outline.value.site?.preChat;
  const [problems, setProblems] = useState<Partial<Record<Field, string>>>({});
  const [failed, setFailed] = useState(false);
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const [before] = useState(chat.form);
  useEffect(() => {
    if (focus && !matchMedia('(pointer: coarse)').matches)
      box.current?.querySelector('input')?.focus({ preventScroll: true });
  }, []);
  if (!form) return null;

  const labels = { name: yourName, email: contactField, answer: form.question?.label ?? '' };
  const required = {
    name: form.name === 'required',
    email: form.email === 'required',
    answer: form.question?.required === true,
  };
  const asked = FIELDS.filter((field) => form[field === 'answer' ? 'question' : field] !== undefined);

  const read = (element: HTMLFormElement) =>
    asked.map((field) => [field, String(new FormData(element).get(field) ?? '').trim()] as const);
  async function send(element: HTMLFormElement) {
    const entries = read(element);
    const wrong = entries.flatMap(([field, value]) => {
      if (value === '') return required[field] ? [[field, requiredText] as const] : [];
      return field === 'email' && !ADDRESS.test(value) ? [[field, contactInvalid] as const] : [];
    });
    setProblems(Object.fromEntries(wrong));
    setFailed(false);
    const [first] = wrong;
    if (first) return element.querySelector<HTMLInputElement>(`[name=${first[0]}]`)?.focus();
    const filled: Partial<Record<Field, string>> = Object.fromEntries(entries.filter(([, value]) => value !== ''));
    if (Object.keys(filled).length === 0 && !form?.consent) return done();
    setSending(true);
    const answer = await chat.ask('pre-chat-set', {
      ...filled,
      ...(form?.consent && { consent: form.consent.version }),
    });
    setSending(false);
    if (answer?.ok) return done(filled.email);
    // The server's check of the address is stricter.
    if (answer?.code === 'bad-message' && filled.email) return setProblems({ email: contactInvalid });
    setFailed(true);
  }
  function done(email?: string) {
    chat.keepForm(undefined);
    chat.change((state) => settled(state, email));
    onDone();
  }

  return (
    <form
      ref={box}
      class="pre-chat"
      noValidate
      aria-label={beforeStart}
      onInput={({ currentTarget }) => chat.keepForm(Object.fromEntries(read(currentTarget)))}
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      {asked.map((field) => (
        <div key={field} class="pre-chat__field">
          <label class="contact__label" for={`pre-chat-${field}`} dir="auto">
            {required[field] ? labels[field] : optional(labels[field])}
          </label>
          <input
            id={`pre-chat-${field}`}
            class="line__field"
            name={field}
            {...KINDS[field]}
            required={required[field]}
            defaultValue={before?.[field]}
            aria-invalid={problems[field] !== undefined}
            aria-describedby={problems[field] && `pre-chat-${field}-problem`}
          />
          {problems[field] && (
            <p id={`pre-chat-${field}-problem`} class="note note--bad" role="alert">
              {problems[field]}
            </p>
          )}
        </div>
      ))}
      {form.consent && (
        <p class="pre-chat__consent" dir="auto">
          {form.consent.text}{' '}
          {form.consent.link && (
            <a href={form.consent.link.url} target="_blank" rel="noopener noreferrer">
              {form.consent.link.label}
            </a>
          )}
        </p>
      )}
      {failed && (
        <p class="note note--bad" role="alert">
          {notSaved}
        </p>
      )}
      <div class="pre-chat__actions">
        <button type="submit" class="line__button pre-chat__start" disabled={sending}>
          {form.consent ? consentAccept : startChat}
        </button>
        {!form.consent && !asked.some((field) => required[field]) && (
          <button type="button" class="link" onClick={() => done()}>
            {skip}
          </button>
        )}
      </div>
    </form>
  );
}
