/** An optional question with a one-line answer. */
import { useState } from 'preact/hooks';
import { newId } from '../chat/outgoing.ts';
import { useTexts } from '../texts.ts';

export function SentenceForm(props: { question: string; max: number; send: (answer: string) => void }) {
  const { question, max, send } = props;
  const [id] = useState(newId);
  return (
    <form
      class="sentence"
      onSubmit={(event) => {
        event.preventDefault();
        send(String(new FormData(event.currentTarget).get('answer') ?? '').trim());
      }}
    >
      <label class="contact__label" for={id}>
        {question}
      </label>
      <div class="line">
        <input id={id} class="line__field" name="answer" dir="auto" maxLength={max} autoComplete="off" />
        <button type="submit" class="line__button">
          {useTexts().send}
        </button>
      </div>
    </form>
  );
}
