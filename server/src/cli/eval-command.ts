/** What `npm run eval` does: reads the command line, runs one evaluation, prints a table or one JSON object. */
import { parseArgs } from 'node:util';
import { evaluateHandOff, showHandOff } from './eval/handoff.ts';
import { evaluateIntents, type IntentsOptions, showIntents } from './eval/intents.ts';
import { UsageError } from './eval/jsonl.ts';
import { evaluateRetrieval, showRetrieval } from './eval/retrieval.ts';

const USAGE = `npm run eval -- COMMAND

  handoff [--data DIR]     the rules that bring a person in: own cases, and those of DIR/intents and
                           DIR/conversations; ends with 1 when a limit is missed
  retrieval --kb FILE --queries FILE [--corpus NAME]
                           how often the search finds the right article, and how long it takes
  intents --file FILE --endpoint URL [--model ID] [--limit N] [--input-price USD] [--output-price USD]
                           labels each text with the product's triage prompt; LLM_API_KEY is sent when set;
                           prices are per million tokens

  --json     one JSON object instead of a table
  --wrong    also lists what went wrong

Files are JSON lines: cases {text, expect}, articles {id, title, body}, queries {corpus, query, gold},
texts {text, intent or handling}.`;

export interface EvalCommandParts {
  /** The project's own hand-off cases. */
  readonly ownCases: string;
  readonly apiKey: string | undefined;
  readonly say: (text: string) => void;
  readonly onProgress: IntentsOptions['onProgress'];
}

/** @returns the exit code: 1 when a limit is missed. @throws UsageError */
export async function runEvalCommand(args: string[], parts: EvalCommandParts): Promise<0 | 1> {
  const { values, positionals } = parse(args);
  const [name = 'help', ...rest] = positionals;
  if (values.help || name === 'help') {
    parts.say(USAGE);
    return 0;
  }
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is not expected here.\n\n${USAGE}`);
  const print = <Report>(report: Report, show: (report: Report) => string) =>
    parts.say(values.json ? JSON.stringify(report, null, 2) : show(report));

  switch (name) {
    case 'handoff': {
      const report = evaluateHandOff({
        own: parts.ownCases,
        ...(values.data === undefined ? {} : { data: values.data }),
      });
      print(report, (shown) => showHandOff(shown, values.wrong ?? false));
      return report.held ? 0 : 1;
    }
    case 'retrieval': {
      const report = evaluateRetrieval({
        kb: needed(values.kb, '--kb FILE'),
        queries: needed(values.queries, '--queries FILE'),
        ...(values.corpus === undefined ? {} : { corpus: values.corpus }),
      });
      print(report, (shown) => showRetrieval(shown, values.wrong ?? false));
      return 0;
    }
    case 'intents': {
      const report = await evaluateIntents({
        file: needed(values.file, '--file FILE'),
        endpoint: endpointOf(needed(values.endpoint, '--endpoint URL')),
        model: values.model ?? 'qwen3-8b',
        onProgress: parts.onProgress,
        prices: {
          ...(values['input-price'] === undefined ? {} : { input: priceOf('input', values['input-price']) }),
          ...(values['output-price'] === undefined ? {} : { output: priceOf('output', values['output-price']) }),
        },
        ...(parts.apiKey === undefined ? {} : { apiKey: parts.apiKey }),
        ...(values.limit === undefined ? {} : { limit: countOf(values.limit) }),
      });
      print(report, showIntents);
      return 0;
    }
    default:
      throw new UsageError(`There is no command "${name}".\n\n${USAGE}`);
  }
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new UsageError(`${option} is missing.\n\n${USAGE}`);
  return value;
}

function endpointOf(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new UsageError(`--endpoint: was "${text}"; an http or https address, like http://localhost:8000/v1`);
  return text;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`--limit: was "${text}"; a whole number from 1`);
  return count;
}

function priceOf(kind: 'input' | 'output', text: string): number {
  const price = text.trim() === '' ? Number.NaN : Number(text);
  if (!(price >= 0)) throw new UsageError(`--${kind}-price: was "${text}"; US dollars per million tokens, like 0.25`);
  return price;
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: text,
        kb: text,
        queries: text,
        corpus: text,
        file: text,
        endpoint: text,
        model: text,
        limit: text,
        'input-price': text,
        'output-price': text,
        json: flag,
        wrong: flag,
        help: { ...flag, short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
