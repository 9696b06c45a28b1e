/** Finds where a text stops being JSON, for error messages; JSON.parse names no place for some mistakes. */

export interface JsonFault {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** What is wrong there and how to write it, as the end of a sentence. */
  readonly message: string;
}

const TOKEN =
  /([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))/uy;
type State = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'next' | 'end';

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'Write a value in this place',
  'first-value': 'Write a value or ] in this place',
  key: 'Write a key in double quotes in this place',
  'first-key': 'Write a key in double quotes, or }',
  colon: 'Write : between a key and its value',
  next: 'Write a comma between entries, or close the list or object',
  end: 'Remove everything after the end of the first value',
};

/** Undefined for valid JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let state: State = 'value';
  let at = 0;
  for (;;) {
    at += /^[ \t\r\n]*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) return state === 'end' ? undefined : faultAt(text, at, state, open);
    TOKEN.lastIndex = at;
    const [token, mark, string] = TOKEN.exec(text) ?? [];
    const next: State | undefined =
      token === undefined ? undefined : step(state, mark ?? (string === undefined ? 'literal' : 'string'), open);
    if (token === undefined || next === undefined) return faultAt(text, at, state, open);
    state = next;
    at += token.length;
  }
}

/** The state after a token, or undefined where that token is not allowed. */
function step(state: State, token: string, open: string[]): State | undefined {
  const close = (): State => {
    open.pop();
    return open.length === 0 ? 'end' : 'next';
  };
  if (token === ']' && open.at(-1) === '[' && (state === 'first-value' || state === 'next')) return close();
  if (token === '}' && open.at(-1) === '{' && (state === 'first-key' || state === 'next')) return close();
  if (state === 'value' || state === 'first-value') {
    if (token === '[' || token === '{') {
      open.push(token);
      return token === '[' ? 'first-value' : 'first-key';
    }
    if (token !== 'string' && token !== 'literal') return undefined;
    return open.length === 0 ? 'end' : 'next';
  }
  if (state === 'key' || state === 'first-key') return token === 'string' ? 'colon' : undefined;
  if (state === 'colon') return token === ':' ? 'value' : undefined;
  if (state === 'next' && token === ',') return open.at(-1) === '{' ? 'key' : 'value';
  return undefined;
}

function faultAt(text: string, at: number, state: State, open: readonly string[]): JsonFault {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, message: messageAt(text, at, state, open) };
}

function messageAt(text: string, at: number, state: State, open: readonly string[]): string {
  const found = text.slice(at);
  if (found === '') {
    if (text.trim() === '') return 'the file is empty. Write at least {}';
    return `the file ends too early. Close what is open with ${
      open
        .map((mark) => (mark === '{' ? '}' : ']'))
        .reverse()
        .join('') || 'a value'
    }`;
  }
  if (/^\/[/*]/.test(found)) return 'JSON has no comments. Remove this one';
  if (/^'/.test(found)) return "' is not allowed. Use double quotes";
  if (/^"/.test(found) && /key|value/.test(state))
    return 'this text has no end, or contains a line break or an unknown escape. Close it with " and write \\ as \\\\';
  if (/^[}\]]/.test(found) && (state === 'key' || state === 'value') && text.slice(0, at).trimEnd().endsWith(','))
    return `a comma before ${found.slice(0, 1)} is not allowed. Remove it`;
  const [shown = ''] = /^(?:[\w$.+-]+|.)/su.exec(found) ?? [];
  const what = shown === '"' ? 'a text' : `"${shown.slice(0, 20)}"`;
  return `${what} is not allowed here. ${EXPECTED[state]}`;
}
