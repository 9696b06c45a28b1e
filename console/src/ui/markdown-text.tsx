/** Renders message texts with paragraphs, quotes, lists and links. No HTML is parsed, so text can't become markup. */
import { useMemo } from 'preact/hooks';
import { type Block, type Inline, readLinks, readMarkdown } from '../markdown.ts';
import type { Span } from '../marks.ts';
import { MarkedText } from './marked-text.tsx';
import { SafeLink } from './safe-link.tsx';

export function MarkdownText({ text, span }: { text: string; span: Span | undefined }) {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  return (
    <div class="message__text message__text--rich" dir="auto">
      <Blocks blocks={blocks} span={span} />
    </div>
  );
}

/** A visitor's text as typed, with URLs as links. */
export function LinkedText({ text, span }: { text: string; span: Span | undefined }) {
  return (
    <p class="message__text" dir="auto">
      {renderInlines(readLinks(text), span)}
    </p>
  );
}

// Positions are stable keys: the same text always gives the same parts in the same order.
function Blocks({ blocks, span }: { blocks: readonly Block[]; span: Span | undefined }) {
  return <>{blocks.map((block, index) => renderBlock(block, index, span))}</>;
}

function renderBlock(block: Block, key: number, span: Span | undefined) {
  switch (block.kind) {
    case 'paragraph':
      return <p key={key}>{renderInlines(block.children, span)}</p>;
    case 'quote':
      return (
        <blockquote key={key}>
          <Blocks blocks={block.children} span={span} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, position) => (
        <li key={`${key}-${position}`}>{renderInlines(item, span)}</li>
      ));
      return block.start === undefined ? (
        <ul key={key}>{items}</ul>
      ) : (
        <ol key={key} start={block.start}>
          {items}
        </ol>
      );
    }
  }
}

function renderInlines(inlines: readonly Inline[], span: Span | undefined) {
  return inlines.map((inline, index) => renderInline(inline, index, span));
}

function renderInline(inline: Inline, key: number, span: Span | undefined) {
  switch (inline.kind) {
    case 'text':
      return <MarkedText key={key} {...inline} span={span} />;
    case 'strong':
      return <strong key={key}>{renderInlines(inline.children, span)}</strong>;
    case 'link':
      return (
        <SafeLink key={key} url={inline.url}>
          {renderInlines(inline.children, span)}
        </SafeLink>
      );
  }
}
