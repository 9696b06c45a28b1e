/** Splits a Markdown file into its front matter (YAML between two lines of `---`, or TOML between `+++`) and its text. */
import { parse as parseToml, TomlError } from 'smol-toml';
import { LineCounter, parseDocument } from 'yaml';
import { phrase } from './phrase.ts';
import { PhrasedError } from './phrased-error.ts';

export interface FrontMatter {
  /** Every scalar of YAML is a string, also dates and numbers; nested values are arrays and maps. */
  readonly fields: ReadonlyMap<string, unknown>;
  readonly body: string;
}

/** Front matter that cannot be read. The message names the file, and the line and column that are wrong. */
export class FrontMatterError extends PhrasedError {
  override readonly name = 'FrontMatterError';
}

const YAML = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n([\s\S]*))?$/;
const TOML = /^\+\+\+[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?\+\+\+[ \t]*(?:\r?\n([\s\S]*))?$/;

/**
 * Undefined when the file does not begin with front matter.
 * @throws FrontMatterError for YAML or TOML that cannot be read
 */
export function splitFrontMatter(source: string, fileName: string): FrontMatter | undefined {
  const yaml = YAML.exec(source);
  if (yaml !== null) return { fields: readYaml(yaml[1] ?? '', fileName), body: (yaml[2] ?? '').trim() };
  const toml = TOML.exec(source);
  if (toml !== null) return { fields: readToml(toml[1] ?? '', fileName), body: (toml[2] ?? '').trim() };
  return undefined;
}

function readYaml(head: string, fileName: string): ReadonlyMap<string, unknown> {
  const lineCounter = new LineCounter();
  // The failsafe schema keeps `id: 42` and `updated: 2026-05-20` as they are written.
  const document = parseDocument(head, { schema: 'failsafe', prettyErrors: false, lineCounter });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    // The opening fence is line 1 of the file.
    const place = `${fileName}:${line + 1}:${col}`;
    throw new FrontMatterError(phrase`${place}: the front matter is not valid YAML. ${error.message}`);
  }
  const fields: unknown = document.toJS({ mapAsMap: true });
  if (fields === null || fields === undefined || fields === '') return new Map();
  if (!(fields instanceof Map))
    throw new FrontMatterError(phrase`${fileName}: the front matter must be a list of "name: value" lines`);
  return fields;
}

function readToml(head: string, fileName: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(parseToml(head)));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.split('\n');
    const place = `${fileName}:${error.line + 1}:${error.column}`;
    throw new FrontMatterError(phrase`${place}: the front matter is not valid TOML. ${reason}`);
  }
}
