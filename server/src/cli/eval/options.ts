/** The usage text of `npm run eval`, and the values of its options. Every error names what was given and what is allowed. */
import { UsageError } from '../../lib/command-line.ts';

export const USAGE = `npm run eval -- COMMAND [options]

  handoff     checks the hand-off rules against the project's cases; exit code 1 when a limit is missed
      --data DIR           also checks DIR/intents/*.jsonl and DIR/conversations/*.jsonl
      --rows FILE          instead: rows {text, expect: "agent" or "none", lang, before}; may be repeated
      --text-field NAME    the field of the message in --rows; default: text
      --wish-intents LIST  rows have an intent instead of expect; these, separated by commas, request an agent
  explain TEXT
              shows which hand-off phrases match a text
  retrieval   how often the search finds the right article, and how long it takes
      --kb PATH            articles {id, title, body, lang}, or a folder of articles; may be repeated
      --queries FILE       queries {query, gold, corpus, lang, before, cited, exclude}
      --corpus NAME        only the queries of this corpus
  coverage    which questions count as covered by the articles: bare, polite, after a story
      --kb PATH, --queries FILE, --corpus NAME   as above
      --others FILE        texts {text} about other things
  support     whether the sentence check marks what no article supports; exit code 1 when a limit is missed
      --kb PATH            as above
      --sentences FILE     sentences {sentence, article, supported}
  answers     runs cases with expected facts, citations and kind; without options, the demo shop's cases on the demo engine
      --cases FILE         cases {id, question or conversation, facts, absent, cites, kind}
      --kb PATH            articles {id, title, body}, or a folder of articles; may be repeated
      --endpoint URL       default: LLM_BASE_URL, or the demo engine
      --limit N            only the first N cases
      --out FILE           writes the run
      --compare FILE       compares with a run; exit code 1 when a case that passed now fails
  answers --modes
              answers questions in each routing mode: score, cost, and the share of the instant tier
      --kb PATH, --queries FILE, --corpus NAME   as above
      --endpoint URL       default: LLM_BASE_URL
      --limit N            only the first N queries
  intents     labels each text with the product's triage prompt; sends LLM_API_KEY when it is set
      --file FILE          texts {text, intent or handling}
      --endpoint URL       an OpenAI-compatible endpoint, such as http://localhost:8000/v1
      --model ID           default: qwen3-8b
      --limit N            only the first N texts
      --input-price USD    per million input tokens
      --output-price USD   per million output tokens

  --json      print one JSON object instead of a table
  --wrong     also list the cases that went wrong
  --help      show this text

Files are JSON lines.`;

export function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new UsageError(`${option} is required.\n\n${USAGE}`);
  return value;
}

export function neededList(values: readonly string[] | undefined, option: string): readonly string[] {
  needed(values?.[0], option);
  return values ?? [];
}

export function endpointOf(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new UsageError(`--endpoint: "${text}" is not allowed. Use an http(s) URL such as http://localhost:8000/v1.`);
  return text;
}

export function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`--limit: "${text}" is not allowed. Use a whole number, 1 or more.`);
  return count;
}

export function priceOf(kind: 'input' | 'output', text: string): number {
  const price = text.trim() === '' ? Number.NaN : Number(text);
  if (!(price >= 0))
    throw new UsageError(`--${kind}-price: "${text}" is not allowed. Use US dollars per million tokens, such as 0.25.`);
  return price;
}
