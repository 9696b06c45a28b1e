/** The marks by which models set thinking apart from an answer, and the tokens of chat templates that slip into text. */

/**
 * `header`: a channel or role follows. `message`: its text follows. `end`: the message ends. `turn`: the next message begins, with
 * its role in a line of its own. `frame`: surrounds the answer of a model that marks its thinking, too.
 */
export interface Marker {
  readonly kind: 'open' | 'close' | 'header' | 'message' | 'end' | 'turn' | 'frame';
  readonly length: number;
}

/** DeepSeek, Qwen, MiniMax and many others; with a prefix Seed (`seed:think`). */
const TAGS = ['think', 'thinking', 'thought', 'thoughts', 'reasoning', 'reflection', 'scratchpad'];
const TAG = new RegExp(`<(/?)(?:[a-z]{2,8}:)?(?:${TAGS.join('|')})(?:\\s[^<>]{0,60})?>`, 'iy');
const TAG_BEGINNING = /^<\/?(?:([a-z]{2,8}):)?([a-z]*)(\s[^<>]{0,60})?$/i;

/** Magistral and Kimi. */
const WORDS: readonly (readonly [string, Marker['kind']])[] = [
  ['[think]', 'open'],
  ['[/think]', 'close'],
  ['◁think▷', 'open'],
  ['◁/think▷', 'close'],
  // Gemma 4; the channel's name stays in front of the thinking.
  ['<|channel>', 'open'],
  ['<channel|>', 'close'],
  // Gemma, and the tokens of SentencePiece vocabularies.
  ['<start_of_turn>', 'turn'],
  ['<end_of_turn>', 'end'],
  ['<bos>', 'end'],
  ['<eos>', 'end'],
  ['<s>', 'end'],
  ['</s>', 'end'],
  ['[inst]', 'turn'],
  ['[/inst]', 'end'],
  // Hunyuan.
  ['<answer>', 'frame'],
  ['</answer>', 'frame'],
];

/** Special tokens, `<|name|>`: harmony (gpt-oss), Cohere, Sky-T1, and what begins and ends messages in chat templates. */
const TOKENS = new Map<string, Marker['kind']>([
  ['channel', 'header'],
  ['start', 'header'],
  ['message', 'message'],
  ['end', 'end'],
  ['return', 'end'],
  ['im_start', 'turn'],
  ['im_end', 'end'],
  ['start_header_id', 'header'],
  ['end_header_id', 'message'],
  ['user', 'turn'],
  ['observation', 'turn'],
  ['assistant', 'end'],
  ['eot', 'end'],
  ['eom', 'end'],
  ['eot_id', 'end'],
  ['eom_id', 'end'],
  ['end_of_text', 'end'],
  ['endoftext', 'end'],
  ['begin_of_text', 'end'],
  ['begin_of_sentence', 'end'],
  ['end_of_sentence', 'end'],
  ['end_of_turn', 'end'],
  ['begin_of_thought', 'open'],
  ['start_thinking', 'open'],
  ['think', 'open'],
  ['thinking', 'open'],
  ['end_of_thought', 'close'],
  ['end_thinking', 'close'],
  ['/think', 'close'],
  ['/thinking', 'close'],
  // The answer's own frame in templates that mark both.
  ['begin_of_solution', 'end'],
  ['end_of_solution', 'end'],
  ['start_response', 'end'],
  ['end_response', 'end'],
  ['begin_of_box', 'end'],
  ['end_of_box', 'end'],
]);
const TOKEN_MAX = 24;

/** The marker at `at`; `partial` when more text may complete one. */
export function markerAt(text: string, at: number): Marker | 'partial' | undefined {
  TAG.lastIndex = at;
  const tag = TAG.exec(text);
  if (tag !== null) return { kind: tag[1] === '/' ? 'close' : 'open', length: tag[0].length };
  const rest = plainToken(text.slice(at, at + 100).toLowerCase());
  for (const [word, kind] of WORDS) {
    if (rest.startsWith(word)) return { kind, length: word.length };
    if (word.startsWith(rest)) return 'partial';
  }
  if (rest.startsWith('<|')) {
    const end = rest.indexOf('|>', 2);
    const name = rest.slice(2, end < 0 ? undefined : end);
    const kind = TOKENS.get(name);
    if (end >= 0) return kind === undefined ? undefined : { kind, length: end + 2 };
    return isTokenBeginning(name) ? 'partial' : undefined;
  }
  return isTagBeginning(rest) ? 'partial' : undefined;
}

/** DeepSeek writes `<｜end▁of▁sentence｜>`, of the same length. */
const plainToken = (rest: string) => (rest[1] === '｜' ? rest.replaceAll('｜', '|').replaceAll('▁', '_') : rest);

function isTokenBeginning(name: string): boolean {
  const known = name.endsWith('|') ? name.slice(0, -1) : undefined;
  if (known !== undefined) return TOKENS.has(known);
  return name.length <= TOKEN_MAX && [...TOKENS.keys()].some((token) => token.startsWith(name));
}

function isTagBeginning(rest: string): boolean {
  if (rest === '<|') return true;
  const [, , name = '', attributes] = TAG_BEGINNING.exec(rest) ?? [];
  if (!TAG_BEGINNING.test(rest)) return false;
  if (attributes !== undefined) return TAGS.includes(name);
  // Without a colon yet, `name` may also be a vendor's prefix; only known ones are waited for.
  return TAGS.some((tag) => tag.startsWith(name)) || ['seed', 'mm'].some((prefix) => prefix.startsWith(name));
}
