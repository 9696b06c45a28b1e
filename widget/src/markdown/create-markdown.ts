/** Draws Markdown into an element as it arrives: appends only, builds nodes from a closed list, never parses HTML. */
import type { Citation } from '@firstword/shared/wire';
import { type Parser, parser, parser_end, parser_write, type Renderer, Token } from 'streaming-markdown';
import { createNodeWriter } from './node-writer.ts';

export interface Markdown {
  write(text: string): void;
  /** Ends the text: a possible mark that was held back is shown as text. */
  end(): void;
  /** Turns the raised numbers that these sources name into links to them. */
  cite(citations: readonly Citation[]): void;
}

const WORD = /[\p{L}\p{N}]/u;
const VERBATIM: ReadonlySet<number> = new Set([
  Token.Code_Block,
  Token.Code_Fence,
  Token.Code_Inline,
  Token.Raw_URL,
  Token.Image,
  Token.Equation_Block,
  Token.Equation_Inline,
]);

/** The underscore of `order_id` is a letter, not the start of emphasis; the parser would italicise the rest. */
function isLetterUnderscore(held: Parser, before: string): boolean {
  if (!WORD.test(before) || VERBATIM.has(held.token) || held.pending.startsWith('](')) return false;
  const open = held.tokens.subarray(0, held.len + 1);
  return !open.includes(Token.Italic_Und) && !open.includes(Token.Strong_Und);
}

export function createMarkdown(target: HTMLElement, sourceBase: string): Markdown {
  const writer = createNodeWriter(target, sourceBase);
  const renderer: Renderer<undefined> = {
    data: undefined,
    add_token: (_, token) => writer.open(token),
    end_token: () => writer.close(),
    add_text: (_, text) => writer.text(text),
    set_attr: (_, name, value) => writer.attribute(name, value),
  };
  const held = parser(renderer);
  let before = '';

  return {
    write(text) {
      let from = 0;
      for (let at = text.indexOf('_'); at !== -1; at = text.indexOf('_', at + 1)) {
        parser_write(held, text.slice(from, at));
        from = at;
        if (isLetterUnderscore(held, text[at - 1] ?? before)) parser_write(held, '\\');
      }
      parser_write(held, text.slice(from));
      before = text.at(-1) ?? before;
    },
    end() {
      parser_end(held);
      writer.end();
    },
    cite: (citations) => writer.cite(citations),
  };
}
