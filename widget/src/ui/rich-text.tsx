/** A complete text of an agent, drawn by the same safe renderer as answers. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { createMarkdown } from '../markdown/create-markdown.ts';

export function RichText({ text, sourceBase }: { text: string; sourceBase: string }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current: target } = element;
    if (!target) return;
    target.textContent = '';
    const markdown = createMarkdown(target, sourceBase);
    markdown.write(text);
    markdown.end();
  }, [text, sourceBase]);
  return <div class="answer__text answer__text--settled agent__bubble" dir="auto" ref={element} />;
}
