/** The text of one answer, drawn as it grows; only new text touches the DOM. */
import type { Citation } from '@firstword/shared/wire';
import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import type { Row } from '../chat/rows.ts';
import { createMarkdown, type Markdown } from '../markdown/create-markdown.ts';

export type AnswerRow = Extract<Row, { kind: 'answer' }>;

interface Drawn {
  markdown: Markdown;
  text: string;
  ended: boolean;
  linked: boolean;
}

/** Text that may contain a link. */
const LINKS = /:\/\/|\]\(|@/;

export function AnswerText(props: {
  chat: Chat;
  row: AnswerRow;
  whole: boolean;
  citations: readonly Citation[] | undefined;
  sourceBase: string;
}) {
  const { chat, row, whole, citations, sourceBase } = props;
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  // `text-wrap: pretty` would rewrap lines with every word, so it applies only to answers that were complete at first.
  const { current: settled } = useRef(whole);

  function draw(text: string) {
    const target = element.current;
    if (!target) return;
    let held = drawn.current;
    const unlinked = whole && held?.linked === false && LINKS.test(text);
    // The stored text wins where it differs from the streamed one.
    if (!held || unlinked || !text.startsWith(held.text) || (held.ended && text !== held.text)) {
      target.textContent = '';
      held = { markdown: createMarkdown(target, sourceBase, whole), text: '', ended: false, linked: whole };
      drawn.current = held;
    }
    const first = held.text === '' && text !== '';
    held.markdown.write(text.slice(held.text.length));
    held.text = text;
    if (whole && !held.ended) {
      held.markdown.end();
      held.ended = true;
    }
    if (citations) held.markdown.cite(citations);
    // Also of answers that arrive complete. The chat reports each turn once, and only its own.
    if (first) chat.firstTokenDrawn(row.key);
  }
  useLayoutEffect(() => {
    if (whole) return draw(row.text);
    // Bypasses rendering: while an answer grows, no component is drawn again, not even this one.
    return effect(() => {
      const turn = chat.state.value.turns.find(({ turnId }) => turnId === row.key);
      // Without a turn the answer is stored, and the next render draws it.
      if (turn) draw(turn.text);
    });
  }, [whole, whole && row.text, citations]);

  return <div class={settled ? 'answer__text answer__text--settled' : 'answer__text'} dir="auto" ref={element} />;
}
