/** Splits an article's Markdown into parts that make sense when quoted alone: sentences, lists and table rows. */

export interface PassageUnit {
  /** Markdown, without line breaks except between the items of a list. */
  readonly text: string;
  readonly kind: 'sentence' | 'list' | 'row';
  /** The heading above it; empty without one. */
  readonly section: string;
  /** Place in the article, from 0. */
  readonly order: number;
}

/** A longer list would fill the whole answer. */
const LIST_ITEMS_MAX = 6;
const SHORT_LIST = 3;
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Sentences that refer to the one before them. */
const DEPENDENT =
  /^(?:It|They|Them|This|That|These|Those|Then|Each|Both|There|Until then|So|Only then|Without them|The amount|The link|The list|Now and then|The collection) /;
const ITEM = /^(?:[-*]|\d{1,2}\.) /;

export function passageUnits(markdown: string): PassageUnit[] {
  const units: PassageUnit[] = [];
  let section = '';
  const add = (kind: PassageUnit['kind'], text: string) => units.push({ kind, text, section, order: units.length });

  for (const block of blocks(markdown)) {
    const first = block[0] ?? '';
    if (/^#{1,6} /.test(first)) section = first.replace(/^#+ /, '').trim();
    else if (first.startsWith('|')) for (const row of tableRows(block)) add('row', row);
    else if (ITEM.test(first)) addList(block, add);
    else for (const sentence of standaloneSentences(block.join(' '))) add('sentence', sentence);
  }
  return units;
}

/** A sentence that refers to the one before ("It takes …") stays with it: alone it makes no sense. */
function standaloneSentences(paragraph: string): string[] {
  const found: string[] = [];
  for (const { segment } of sentences.segment(paragraph)) {
    const sentence = segment.trim();
    const before = found.at(-1);
    if (before !== undefined && DEPENDENT.test(sentence)) found[found.length - 1] = `${before} ${sentence}`;
    else if (sentence !== '') found.push(sentence);
  }
  return found;
}

/** Lines that belong together: a heading, a table, a list, a paragraph. */
function blocks(markdown: string): string[][] {
  const found: string[][] = [];
  let kind = '';
  for (const line of markdown.split('\n').map((raw) => raw.trim())) {
    const is = kindOf(line, kind);
    if (is === 'blank') kind = '';
    else if (is === kind && is !== 'heading') found.at(-1)?.push(line);
    else found.push([line]);
    if (is !== 'blank') kind = is;
  }
  return found;
}

function kindOf(line: string, before: string): string {
  if (line === '') return 'blank';
  if (/^#{1,6} /.test(line)) return 'heading';
  if (line.startsWith('|')) return 'table';
  if (ITEM.test(line)) return 'list';
  return before === 'list' ? 'list' : 'text';
}

/** Items of a longer list are quoted alone if each begins with a bold term; otherwise they need the list. */
function addList(lines: readonly string[], add: (kind: 'sentence' | 'list', text: string) => void): void {
  const items: string[] = [];
  for (const line of lines) {
    if (ITEM.test(line)) items.push(line);
    else items.push(`${items.pop() ?? ''} ${line}`);
  }
  if (items.length > SHORT_LIST && items.every((item) => /^[-*] \*\*/.test(item)))
    for (const item of items) add('sentence', item.replace(ITEM, ''));
  else if (items.length <= LIST_ITEMS_MAX) add('list', items.join('\n'));
  else for (const item of items) add('sentence', item.replace(ITEM, ''));
}

/** Each row with the names of its columns, so that it makes sense without the table. */
function tableRows(lines: readonly string[]): string[] {
  const [header = [], ...rows] = lines
    .filter((line) => !/^\|[\s|:-]+$/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    );
  return rows.map((cells) => {
    const facts = cells.slice(1).map((cell, index) => `${(header[index + 1] ?? '').toLowerCase()}: ${cell}`);
    const name = cells[0] ?? '';
    return `**${/^\d+$/.test(name) ? `${header[0] ?? ''} ${name}` : name}** – ${facts.join('; ')}`;
  });
}
