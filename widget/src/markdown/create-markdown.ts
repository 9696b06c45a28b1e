/** Draws Markdown into an element as it arrives: appends only, builds nodes from a closed list, never parses HTML. */
import type { Citation } from '@firstword/shared/wire';
import { type Parser, parser, parser_end, parser_write, type Renderer, Token } from 'streaming-markdown';
import { createNodeWriter, MARKS } from './node-writer.ts';

export interface Markdown {
  write(text: string): void;
  /** Ends the text: a possible mark that was held back is shown as text. */
  end(): void;
  /** Turns the raised numbers that these sources name into links to them. */
  cite(citations: readonly Citation[]): void;
}

/** Not letters without case: Chinese or Arabic words may touch emphasis. */
const WORD = /[\p{Lu}\p{Ll}\p{N}]/u;
const VERBATIM: ReadonlySet<number> = new Set([
  Token.Code_Block,
  Token.Code_Fence,
  Token.Code_Inline,
  Token.Raw_URL,
  Token.Image,
  Token.Equation_Block,
  Token.Equation_Inline,
]);

/** The mark of `order_id` or `2*3` does not start emphasis; the parser would italicise the rest. */
function isLiteral(mark: string, held: Parser, before: string): boolean {
  if (!WORD.test(before) || VERBATIM.has(held.token) || held.pending.startsWith('](')) return false;
  return !held.tokens.subarray(0, held.len + 1).some((token) => MARKS[token]?.startsWith(mark));
}

/** At a blank line the parser would end the list, or the code in it, although the next line is indented to go on. */
function keepOpen(gap: string, { tokens, len, spaces }: Parser): string {
  const indent = gap.length - gap.lastIndexOf('\n') - 1;
  if (gap.length === indent) return gap;
  if (VERBATIM.has(tokens[len] ?? 0)) {
    const within = spaces.subarray(0, len + 1).reduce((sum, count) => sum + count);
    return gap.replaceAll('\n', `${' '.repeat(within)}\n`);
  }
  const item = tokens.lastIndexOf(Token.List_Item, len);
  return item > 0 && indent >= Math.max(2, (spaces[item] ?? 0) - 1) ? gap.slice(-indent) : gap;
}

/** @param linked false while the server has not checked where links lead: they are shown as text */
export function createMarkdown(target: HTMLElement, sourceBase: string, linked = true): Markdown {
  const writer = createNodeWriter(target, sourceBase, linked);
  const renderer: Renderer<undefined> = {
    data: undefined,
    add_token: (_, token) => writer.open(token),
    end_token: () => writer.close(held.pending[0]),
    add_text: (_, text) => writer.text(text),
    set_attr: (_, name, value) => writer.attribute(name, value),
  };
  const held = parser(renderer);
  let before = '\n';
  let literal = false;
  /** Blank lines and the indent of the next one, until it shows what it is. */
  let gap = '';

  function parse(text: string) {
    let from = 0;
    for (const { 0: mark, index } of text.matchAll(/[_*]/g)) {
      parser_write(held, text.slice(from, index));
      from = index;
      const last = text[index - 1] ?? before;
      // A run of marks is literal or not as a whole.
      literal = last === mark ? literal : isLiteral(mark, held, last);
      if (literal) parser_write(held, '\\');
    }
    parser_write(held, text.slice(from));
    before = text.at(-1) ?? before;
  }

  return {
    write(text) {
      for (const [part] of text.matchAll(/[^\n]*\n|[^\n]+/g)) {
        const rest = before === '\n' ? part.trimStart() : part;
        gap += part.slice(0, part.length - rest.length);
        if (rest === '') continue;
        parse(keepOpen(gap, held));
        gap = '';
        parse(rest);
      }
    },
    end() {
      parser_end(held);
      writer.end();
    },
    cite: (citations) => writer.cite(citations),
  };
}
