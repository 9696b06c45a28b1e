/** Reads the small head of a Markdown file: `name: value` lines between two lines of `---`. */

export interface FrontMatter {
  /** Values without quotation marks around them. */
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Undefined when the text does not begin with such a head. */
export function splitFrontMatter(source: string): FrontMatter | undefined {
  const [, head, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source) ?? [];
  if (head === undefined || body === undefined) return undefined;
  return { fields: new Map(head.split(/\r?\n/).map(readField)), body: body.trim() };
}

function readField(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  const value = line.slice(colon + 1).trim();
  return [line.slice(0, colon).trim(), value.replace(/^["']|["']$/g, '')];
}
