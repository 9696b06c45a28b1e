/** The text of one answer, drawn as it grows; only what is new touches the page. */
import type { Citation } from '@firstword/shared/wire';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { createMarkdown, type Markdown } from '../markdown/create-markdown.ts';

interface Drawn {
  markdown: Markdown;
  text: string;
  ended: boolean;
}

export function AnswerText(props: {
  text: string;
  whole: boolean;
  citations: readonly Citation[] | undefined;
  sourceBase: string;
  onFirstText: () => void;
}) {
  const { text, whole, citations, sourceBase, onFirstText } = props;
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);

  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    let held = drawn.current;
    // The stored text is nearly always what was streamed; where it is not, the stored one counts.
    if (!held || !text.startsWith(held.text) || (held.ended && text !== held.text)) {
      target.replaceChildren();
      held = { markdown: createMarkdown(target, sourceBase), text: '', ended: false };
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
    if (first) onFirstText();
  }, [text, whole, citations]);

  return <div class="answer__text" dir="auto" ref={element} />;
}
