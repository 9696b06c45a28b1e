/** Splits a Markdown file into its YAML front matter (between two lines of `---`) and its text. */
import { LineCounter, parseDocument } from 'yaml';

export interface FrontMatter {
  /** Every scalar is a string, also dates and numbers; nested values are arrays and maps. */
  readonly fields: ReadonlyMap<string, unknown>;
  readonly body: string;
}

/** Front matter that cannot be read. The message names the file, and the line and column where the YAML is wrong. */
export class FrontMatterError extends Error {
  override readonly name = 'FrontMatterError';
}

const FENCED = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n([\s\S]*))?$/;

/**
 * Undefined when the file does not begin with front matter.
 * @throws FrontMatterError for YAML that cannot be read, and for TOML
 */
export function splitFrontMatter(source: string, fileName: string): FrontMatter | undefined {
  if (/^\+\+\+[ \t]*\r?\n/.test(source))
    throw new FrontMatterError(
      `${fileName}: TOML front matter (+++) is not supported. Write YAML between two lines of --- instead.`,
    );
  const match = FENCED.exec(source);
  if (match === null) return undefined;
  const [, head = '', body = ''] = match;
  return { fields: readFields(head, fileName), body: body.trim() };
}

function readFields(head: string, fileName: string): ReadonlyMap<string, unknown> {
  const lineCounter = new LineCounter();
  // The failsafe schema keeps `id: 42` and `updated: 2026-05-20` as they are written.
  const document = parseDocument(head, { schema: 'failsafe', prettyErrors: false, lineCounter });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    // The opening fence is line 1 of the file.
    throw new FrontMatterError(`${fileName}:${line + 1}:${col}: the front matter is not valid YAML. ${error.message}`);
  }
  const fields: unknown = document.toJS({ mapAsMap: true });
  if (fields === null || fields === undefined || fields === '') return new Map();
  if (!(fields instanceof Map))
    throw new FrontMatterError(`${fileName}: the front matter must be a list of "name: value" lines`);
  return fields;
}
