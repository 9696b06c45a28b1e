/** `npm run eval`: reads the command line, runs one evaluation, prints a table or one JSON object. */
import type { Config } from '../config/config.ts';
import { parseCommandLine, UsageError, unknownName } from '../lib/command-line.ts';

import { type AnswersOptions, evaluateAnswers, showAnswers } from './eval/answers.ts';
import { evaluateCoverage, showCoverage } from './eval/coverage.ts';
import { evaluateHandOff, explainHandOff, showHandOff } from './eval/handoff.ts';
import { evaluateIntents, type IntentsOptions, showIntents } from './eval/intents.ts';
import { evaluateModes, showModes } from './eval/modes.ts';
import { countOf, endpointOf, needed, neededList, priceOf, USAGE } from './eval/options.ts';
import { evaluateRetrieval, showRetrieval } from './eval/retrieval.ts';
import { evaluateSupport, showSupport } from './eval/support.ts';
import { evaluateWishes, showWishes } from './eval/wishes.ts';

const COMMANDS = ['handoff', 'explain', 'retrieval', 'coverage', 'support', 'answers', 'intents'];

export interface EvalCommandParts {
  /** Folder of the project's hand-off cases. */
  readonly ownCases: string;
  /** The demo shop's answer cases and articles. */
  readonly shop: Pick<AnswersOptions, 'cases' | 'kb'>;
  /** Used by `answers` when no endpoint is named. */
  readonly startDemoEngine: () => Promise<{ baseUrl: string; stop: () => Promise<void> }>;
  /** Called only by evaluations that ask models. */
  readonly config: () => Config;
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
  if (name === 'explain') {
    parts.say(explainHandOff(rest.join(' ')));
    return 0;
  }
  if (rest.length > 0) throw new UsageError(`Unexpected argument "${rest[0]}" after ${name}.\n\n${USAGE}`);
  const print = <Report>(report: Report, show: (report: Report) => string) =>
    parts.say(values.json ? JSON.stringify(report, null, 2) : show(report));

  switch (name) {
    case 'handoff': {
      if (values.rows !== undefined) {
        const report = evaluateWishes({
          files: values.rows,
          ...(values['text-field'] === undefined ? {} : { textField: values['text-field'] }),
          ...(values['wish-intents'] === undefined ? {} : { wishIntents: values['wish-intents'].split(',') }),
        });
        print(report, (shown) => showWishes(shown, values.wrong ?? false));
        return report.held ? 0 : 1;
      }
      const report = evaluateHandOff({
        own: parts.ownCases,
        ...(values.data === undefined ? {} : { data: values.data }),
      });
      print(report, (shown) => showHandOff(shown, values.wrong ?? false));
      return report.held ? 0 : 1;
    }
    case 'retrieval': {
      const report = await evaluateRetrieval({
        kb: neededList(values.kb, '--kb PATH'),
        queries: needed(values.queries, '--queries FILE'),
        ...(values.corpus === undefined ? {} : { corpus: values.corpus }),
      });
      print(report, (shown) => showRetrieval(shown, values.wrong ?? false));
      return 0;
    }
    case 'answers': {
      const config = parts.config();
      const named = values.endpoint ?? config.endpoint?.baseUrl;
      const shared = {
        config,
        onProgress: parts.onProgress,
        ...(values.limit === undefined ? {} : { limit: countOf(values.limit) }),
      };
      if (values.modes) {
        const report = await evaluateModes({
          ...shared,
          endpoint: endpointOf(needed(named, '--endpoint URL or LLM_BASE_URL')),
          kb: neededList(values.kb, '--kb PATH'),
          queries: needed(values.queries, '--queries FILE'),
          ...(values.corpus === undefined ? {} : { corpus: values.corpus }),
        });
        print(report, showModes);
        return 0;
      }
      if (values.queries !== undefined)
        throw new UsageError(`--queries belongs to answers --modes. Use --cases FILE, or add --modes.\n\n${USAGE}`);
      const isShop = values.cases === undefined && values.kb === undefined;
      const asked = isShop
        ? parts.shop
        : { cases: needed(values.cases, '--cases FILE'), kb: neededList(values.kb, '--kb PATH') };
      const engine = named === undefined ? await parts.startDemoEngine() : undefined;
      try {
        const report = await evaluateAnswers({
          ...shared,
          ...asked,
          endpoint: engine?.baseUrl ?? endpointOf(needed(named, '--endpoint URL')),
          ...(values.out === undefined ? {} : { out: values.out }),
          ...(values.compare === undefined ? {} : { compare: values.compare }),
        });
        print(report, showAnswers);
        return report.held ? 0 : 1;
      } finally {
        await engine?.stop();
      }
    }
    case 'coverage': {
      const report = await evaluateCoverage({
        kb: neededList(values.kb, '--kb PATH'),
        queries: needed(values.queries, '--queries FILE'),
        ...(values.others === undefined ? {} : { others: values.others }),
        ...(values.corpus === undefined ? {} : { corpus: values.corpus }),
      });
      print(report, showCoverage);
      return 0;
    }
    case 'support': {
      const report = await evaluateSupport({
        kb: neededList(values.kb, '--kb PATH'),
        sentences: needed(values.sentences, '--sentences FILE'),
      });
      print(report, (shown) => showSupport(shown, values.wrong ?? false));
      return report.held ? 0 : 1;
    }
    case 'intents': {
      const apiKey = parts.config().endpoint?.apiKey;
      const report = await evaluateIntents({
        file: needed(values.file, '--file FILE'),
        endpoint: endpointOf(needed(values.endpoint, '--endpoint URL')),
        model: values.model ?? 'qwen3-8b',
        onProgress: parts.onProgress,
        prices: {
          ...(values['input-price'] === undefined ? {} : { input: priceOf('input', values['input-price']) }),
          ...(values['output-price'] === undefined ? {} : { output: priceOf('output', values['output-price']) }),
        },
        ...(apiKey === undefined ? {} : { apiKey }),
        ...(values.limit === undefined ? {} : { limit: countOf(values.limit) }),
      });
      print(report, showIntents);
      return 0;
    }
    default:
      throw new UsageError(unknownName('command', name, COMMANDS));
  }
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return parseCommandLine({
    args,
    allowPositionals: true,
    options: {
      data: text,
      rows: { ...text, multiple: true },
      'text-field': text,
      'wish-intents': text,
      kb: { ...text, multiple: true },
      queries: text,
      corpus: text,
      cases: text,
      out: text,
      compare: text,
      modes: flag,
      others: text,
      sentences: text,
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
}
