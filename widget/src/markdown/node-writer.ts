/** Creates the elements an answer may contain. Everything else, images and formulas included, is shown as text. */

import { bareAddress } from '@firstword/shared/bare-address';
import type { Citation } from '@firstword/shared/wire';
import { Attr, Token } from 'streaming-markdown';
import { linkElement, safeLink } from './safe-link.ts';
import { textAddresses } from './text-addresses.ts';

/** Deeper nesting adds no element: hostile input must not build a tree that the browser cannot lay out. */
const DEPTH_MAX = 16;

/** Blocks per part: few enough to lay out again with every word, enough to keep the number of parts low. */
const PART_BLOCKS = 6;

/** The state of a task. It can't be ticked, because the change would not be stored. */
const [DONE, TO_DO] = ['☑', '☐'];
/** `[3]`: the answer's way of naming a source. */
const MARK = /^\d{1,2}$/;

const ELEMENTS: Readonly<Record<number, keyof HTMLElementTagNameMap>> = {
  [Token.Blockquote]: 'blockquote',
  [Token.Paragraph]: 'p',
  [Token.Line_Break]: 'br',
  [Token.Rule]: 'hr',
  // One level below the dialog's heading, regardless of the model's level: a skipped level confuses screen readers.
  [Token.Heading_1]: 'h3',
  [Token.Heading_2]: 'h3',
  [Token.Heading_3]: 'h3',
  [Token.Heading_4]: 'h3',
  [Token.Heading_5]: 'h3',
  [Token.Heading_6]: 'h3',
  [Token.Italic_Ast]: 'em',
  [Token.Italic_Und]: 'em',
  [Token.Strong_Ast]: 'strong',
  [Token.Strong_Und]: 'strong',
  [Token.Strike]: 's',
  [Token.Code_Inline]: 'code',
  [Token.List_Unordered]: 'ul',
  [Token.List_Ordered]: 'ol',
  [Token.List_Item]: 'li',
  [Token.Table_Cell]: 'td',
};

/** What opens and closes emphasis. */
export const MARKS: Readonly<Record<number, string>> = {
  [Token.Italic_Ast]: '*',
  [Token.Italic_Und]: '_',
  [Token.Strong_Ast]: '**',
  [Token.Strong_Und]: '__',
};

interface OpenNode {
  token: number;
  node: Element;
  /** The target of a link, once it is known. */
  address?: string;
}

export interface NodeWriter {
  open(token: number): void;
  /** @param mark the character that closes it, if it is one */
  close(mark?: string): void;
  text(text: string): void;
  attribute(name: number, value: string): void;
  /** A bracket that never closed was one. */
  end(): void;
  cite(citations: readonly Citation[]): void;
}

export function createNodeWriter(target: HTMLElement, sourceBase: string, linked: boolean): NodeWriter {
  const path: OpenNode[] = [{ token: Token.Document, node: target }];
  const marks = new Map<Element, number>();
  /** The numbers of the marks, in the order of their first. */
  const seen = new Set<string>();
  let sources: readonly Citation[] = [];

  /** Finished blocks are laid out separately, so that a new word costs the same at the end of a long answer. */
  function part(): Element {
    const last = target.lastElementChild;
    // A heading stays in one part with the text below it.
    if (last && (last.childElementCount < PART_BLOCKS || last.lastElementChild?.tagName === 'H3')) return last;
    const next = target.appendChild(document.createElement('div'));
    next.className = 'part';
    return next;
  }

  const innermost = (): OpenNode => path.at(-1) ?? { token: Token.Document, node: target };

  function create(token: number, parent: Element): Element {
    switch (token) {
      case Token.Code_Block:
      case Token.Code_Fence: {
        const block = parent.appendChild(document.createElement('pre'));
        // Wide code scrolls, so it must be focusable for keyboard users.
        block.tabIndex = 0;
        return block.appendChild(document.createElement('code'));
      }
      case Token.Table: {
        const frame = parent.appendChild(document.createElement('div'));
        frame.className = 'table';
        frame.tabIndex = 0;
        return frame.appendChild(document.createElement('table'));
      }
      case Token.Table_Row: {
        const part = parent.firstElementChild === null ? 'thead' : 'tbody';
        const group =
          parent.querySelector(`:scope > ${part}:last-child`) ?? parent.appendChild(document.createElement(part));
        return group.appendChild(document.createElement('tr'));
      }
      case Token.Table_Cell: {
        const head = parent.parentElement?.tagName === 'THEAD';
        return parent.appendChild(document.createElement(head ? 'th' : 'td'));
      }
      case Token.Checkbox: {
        const box = parent.appendChild(document.createElement('span'));
        box.textContent = TO_DO;
        return box;
      }
      default:
        return parent.appendChild(document.createElement(ELEMENTS[token] ?? 'span'));
    }
  }

  /** The element will not grow any more. Emphasis that its own mark did not close was none: `*ptr`. */
  function finish({ token, node }: OpenNode, mark?: string) {
    linkAddresses(node);
    const written = MARKS[token];
    if (written && written[0] !== mark) node.replaceWith(written, ...node.childNodes);
  }

  function anchor(node: Element, address: string) {
    const safe = linked && safeLink(address);
    if (!safe) return;
    const link = linkElement(safe);
    while (node.firstChild) link.appendChild(node.firstChild);
    node.parentNode?.replaceChild(link, node);
  }

  /** Links the addresses in the text of an element that will not grow any more. */
  function linkAddresses(element: Element) {
    if (!linked || element.closest('a, code, pre')) return;
    for (const text of [...element.childNodes]) {
      if (!(text instanceof Text)) continue;
      for (const { start, length, shown, href } of textAddresses(text.data).reverse()) {
        const safe = safeLink(href);
        if (!safe) continue;
        const link = linkElement(safe);
        link.textContent = shown;
        const rest = text.splitText(start);
        rest.deleteData(0, length);
        element.insertBefore(link, rest);
      }
    }
  }

  /** Punctuation after a bare address does not belong to the address. */
  function closeRawUrl(node: Element) {
    const written = node.textContent ?? '';
    const address = bareAddress(written);
    node.textContent = address;
    node.parentNode?.insertBefore(document.createTextNode(written.slice(address.length)), node.nextSibling);
    anchor(node, address);
  }

  function bracket(node: Element) {
    node.insertBefore(document.createTextNode('['), node.firstChild);
  }

  function closeLink({ node, address }: OpenNode) {
    if (address !== undefined) return anchor(node, address);
    const number = node.textContent ?? '';
    // The parser recognises only `[x]`.
    if (number === 'X' && node.parentElement?.tagName === 'LI' && node.parentNode?.firstChild === node) {
      node.textContent = DONE;
      return;
    }
    if (!MARK.test(number)) {
      node.classList.remove('mark');
      bracket(node);
      return void node.appendChild(document.createTextNode(']'));
    }
    const mark = document.createElement('sup');
    mark.className = 'mark';
    // Counted as they appear: a reader expects the only source to be 1, and the sources are listed in this order.
    mark.textContent = `${[...seen.add(number)].indexOf(number) + 1}`;
    node.parentNode?.replaceChild(mark, node);
    marks.set(mark, Number(number));
    link(mark, Number(number));
  }

  function link(mark: Element, number: number) {
    const source = sources.find(({ n }) => n === number);
    const safe = source && safeLink(source.url, sourceBase);
    if (!source || !safe) return;
    const anchor = linkElement(safe);
    anchor.textContent = mark.textContent;
    anchor.title = source.excerpt ? `${source.title}\n\n${source.excerpt}` : source.title;
    anchor.setAttribute('aria-label', `${mark.textContent}: ${source.title}`);
    mark.textContent = '';
    mark.appendChild(anchor);
    marks.delete(mark);
  }

  return {
    open(token) {
      const { node } = innermost();
      const deep = path.length > DEPTH_MAX && token !== Token.Line_Break;
      const within = node === target ? part() : node;
      path.push({
        token: deep ? Token.Document : token,
        node: deep || token === Token.Document ? node : create(token, within),
      });
    },
    close(mark) {
      const closing = innermost();
      path.pop();
      // Beyond the greatest depth a token has no element of its own.
      if (closing.node === innermost().node) return;
      if (closing.token === Token.Link) return closeLink(closing);
      if (closing.token === Token.Raw_URL) return closeRawUrl(closing.node);
      finish(closing, mark);
    },
    text(text) {
      const { token, node } = innermost();
      const last = node.lastChild;
      if (last instanceof Text) last.appendData(text);
      else node.appendChild(document.createTextNode(text));
      // A number in brackets is raised from its first digit on, so that it never jumps.
      if (token === Token.Link) node.classList.toggle('mark', MARK.test(node.textContent ?? ''));
    },
    attribute(name, value) {
      const open = innermost();
      if (name === Attr.Href) open.address = value;
      if (name === Attr.Checked) open.node.textContent = DONE;
      if (name === Attr.Start && open.node instanceof HTMLOListElement)
        open.node.start = Number.parseInt(value, 10) || 1;
    },
    end() {
      for (const open of path) {
        if (open.node === target) continue;
        if (open.token === Token.Link) bracket(open.node);
        finish(open);
      }
    },
    cite(citations) {
      sources = citations;
      for (const [mark, number] of [...marks]) link(mark, number);
    },
  };
}
