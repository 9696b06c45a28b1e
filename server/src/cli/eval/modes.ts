/**
 * Compares the routing modes on the same questions: how many answers cite a right article, how many come from the instant
 * tier, and what they cost.
 */
import type { Config } from '../../config/config.ts';
import type { RoutingMode } from '../../conversation/answer.ts';
import type { AskedReply } from '../../conversation/asked-question.ts';
import type { CallRow } from '../../gateway/chat-call.ts';
import { createKnowledge } from '../../knowledge/knowledge.ts';
import { UsageError } from '../../lib/command-line.ts';
import { readEvalArticles } from './articles.ts';
import { type AskedProduct, createAskedProduct } from './ask-product.ts';
import { percentile, rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';
import { querySchema } from './queries.ts';
import { usdOf } from './usd.ts';

export interface ModesOptions {
  /** Tiers, models and prices. */
  readonly config: Config;
  readonly endpoint: string;
  readonly kb: readonly string[];
  readonly queries: string;
  readonly corpus?: string;
  readonly limit?: number;
  readonly onProgress: (done: number, of: number) => void;
}

interface ModeFigures {
  readonly mode: RoutingMode;
  /** Share of the questions whose answer cites an article that answers them. */
  readonly score: number;
  readonly handedOff: number;
  readonly failed: number;
  /** Share of the answers that come from the instant tier. */
  readonly instantShare: number;
  /** The same score for answers of the instant tier alone. */
  readonly instantScore: number;
  /** Each conversation is one question: its label and its answer. */
  readonly usdPer1000: number;
  readonly modelTtftMs: number;
}

export interface ModesReport {
  readonly questions: number;
  readonly modes: readonly ModeFigures[];
  /** False: the price of a model's input is unknown, and its part of the cost is missing. */
  readonly costIsComplete: boolean;
}

interface Asked {
  readonly reply: AskedReply;
  readonly isRight: boolean;
}

const MODES: readonly RoutingMode[] = ['speculative', 'thrifty', 'sequential'];
const AT_ONCE = 4;

/** @throws UsageError when a file cannot be read or has no query for the corpus */
export async function evaluateModes(options: ModesOptions): Promise<ModesReport> {
  const { config, endpoint, corpus = '', limit, onProgress } = options;
  const knowledge = createKnowledge((await Promise.all(options.kb.map(readEvalArticles))).flat());
  const all = readRows(options.queries, querySchema).filter((query) => query.corpus.startsWith(corpus));
  const queries = all.slice(0, limit);
  if (queries.length === 0) throw new UsageError(`${options.queries}: there is no query for the corpus "${corpus}".`);
  const rows: CallRow[] = [];
  const product = createAskedProduct({ config, endpoint, knowledge, onCall: (row) => rows.push(row) });
  try {
    const modes: ModeFigures[] = [];
    let costIsComplete = true;
    for (const [index, mode] of MODES.entries()) {
      const before = index * queries.length;
      const onAsked = (done: number) => onProgress(before + done, MODES.length * queries.length);
      const asked = await askAll(product, mode, queries, onAsked);
      const { usd, isComplete } = usdOf(rows.splice(0), config);
      costIsComplete &&= isComplete;
      modes.push(figuresOf(mode, asked, usd));
    }
    return { questions: queries.length, modes, costIsComplete };
  } finally {
    await product.close();
  }
}

async function askAll(
  product: AskedProduct,
  mode: RoutingMode,
  queries: readonly { readonly query: string; readonly gold: readonly string[] }[],
  onAsked: (done: number) => void,
): Promise<Asked[]> {
  const waiting = queries.values();
  const asked: Asked[] = [];
  const work = async () => {
    for (const { query, gold } of waiting) {
      const reply = await product.ask(mode, query);
      asked.push({ reply, isRight: reply.kind === 'answered' && reply.citedIds.some((id) => gold.includes(id)) });
      onAsked(asked.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return asked;
}

function figuresOf(mode: RoutingMode, asked: readonly Asked[], usd: number): ModeFigures {
  const answered = asked.flatMap(({ reply, isRight }) => (reply.kind === 'answered' ? { ...reply, isRight } : []));
  const instant = answered.filter(({ tier }) => tier === 'instant');
  const rightOf = (list: readonly { readonly isRight: boolean }[]) => list.filter(({ isRight }) => isRight).length;
  const shareOf = (kind: AskedReply['kind']) =>
    rounded(share(asked.filter(({ reply }) => reply.kind === kind).length, asked.length));
  return {
    mode,
    score: rounded(share(rightOf(asked), asked.length)),
    handedOff: shareOf('handed-off'),
    failed: shareOf('failed'),
    instantShare: rounded(share(instant.length, answered.length)),
    instantScore: rounded(share(rightOf(instant), instant.length)),
    usdPer1000: rounded((1000 * usd) / asked.length, 4),
    modelTtftMs: rounded(
      percentile(
        answered.map(({ modelTtftMs }) => modelTtftMs),
        0.5,
      ),
      0,
    ),
  };
}

export function showModes({ questions, modes, costIsComplete }: ModesReport): string {
  const figures = table([
    ['mode', 'score', 'handed off', 'failed', 'by instant', 'their score', 'US$ per 1,000', 'TTFT p50 ms'],
    ...modes.map(({ mode, score, handedOff, failed, instantShare, instantScore, usdPer1000, modelTtftMs }) => [
      mode,
      score.toFixed(3),
      handedOff.toFixed(3),
      failed.toFixed(3),
      instantShare.toFixed(3),
      instantShare === 0 ? '–' : instantScore.toFixed(3),
      `${costIsComplete ? '' : '≥ '}${usdPer1000.toFixed(4)}`,
      modelTtftMs,
    ]),
  ]);
  const note = costIsComplete ? [] : ['The price of input is unknown for a model. Set its inputUsdPerMillion.'];
  return [`${questions} questions, each asked in every mode`, figures, ...note].join('\n');
}
