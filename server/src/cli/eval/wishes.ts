/** How many requests for an agent the hand-off rules find or answer with an offer, how many ordinary messages they hand off, and how long that takes. */
import { messageSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import { exchangesOf, lastAnswer } from '../../conversation/history-signals.ts';
import { detectLanguage } from '../../knowledge/language.ts';
import { UsageError } from '../../lib/command-line.ts';
import { createHandOffRules } from '../../triage/hand-off-rules.ts';
import { createMessageReader } from '../../triage/message-signals.ts';
import { offerReasonOf } from '../../triage/offer-reason.ts';
import { percentile, rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';

export interface WishesOptions {
  readonly files: readonly string[];
  /** Field of the message; `text` by default. */
  readonly textField?: string;
  /** Instead of `expect`: the values of `intent` that request an agent. */
  readonly wishIntents?: readonly string[];
}

interface LanguageFigures {
  readonly language: string;
  readonly wishes: number;
  readonly found: number;
  /** Not handed off, but offered an agent. */
  readonly offered: number;
  readonly missed: number;
  readonly ordinary: number;
  readonly falseAlarms: number;
  /** Ordinary messages that are offered an agent. */
  readonly falseOffers: number;
}

export interface WishesReport {
  readonly languages: readonly LanguageFigures[];
  /** One message, in milliseconds. */
  readonly tookMs: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly missed: readonly string[];
  readonly falseAlarms: readonly string[];
  /** False when more than 2 % of the ordinary messages are handed off. */
  readonly held: boolean;
}

const ORDINARY_MOST = 0.02;

/** @throws UsageError with the file and line of an invalid row */
export function evaluateWishes(options: WishesOptions): WishesReport {
  const rows = options.files.flatMap((file) => readWishes(file, options));
  if (rows.length === 0) throw new UsageError(`${options.files.join(', ')}: contains no rows.`);
  const rules = createHandOffRules();
  const readMessage = createMessageReader();
  const judged = rows.map((row) => {
    const startedAt = performance.now();
    const { text, history } = row;
    const signals = readMessage({ text, last: lastAnswer(history), earlier: exchangesOf(history) });
    const isFound = rules(signals) !== undefined;
    const isOffered = !isFound && offerReasonOf(signals) !== undefined;
    return { ...row, isFound, isOffered, tookMs: performance.now() - startedAt };
  });
  const languages = [...new Set(judged.map(({ lang }) => lang))].sort().map((language): LanguageFigures => {
    const own = judged.filter(({ lang }) => lang === language);
    const wishes = own.filter(({ expect }) => expect === 'agent');
    const found = wishes.filter(({ isFound }) => isFound).length;
    const falseAlarms = own.filter(({ expect, isFound }) => expect === 'none' && isFound).length;
    const ordinary = own.length - wishes.length;
    const offered = wishes.filter(({ isOffered }) => isOffered).length;
    const falseOffers = own.filter(({ expect, isOffered }) => expect === 'none' && isOffered).length;
    const missed = wishes.length - found - offered;
    return { language, wishes: wishes.length, found, offered, missed, ordinary, falseAlarms, falseOffers };
  });
  const took = judged.map(({ tookMs }) => tookMs);
  const missed = judged.filter(({ expect, isFound, isOffered }) => expect === 'agent' && !isFound && !isOffered);
  const falseAlarms = judged.filter(({ expect, isFound }) => expect === 'none' && isFound);
  const ordinary = judged.filter(({ expect }) => expect === 'none').length;
  return {
    languages,
    tookMs: {
      p50: rounded(percentile(took, 0.5)),
      p95: rounded(percentile(took, 0.95)),
      max: rounded(percentile(took, 1)),
    },
    missed: missed.map(({ text }) => text),
    falseAlarms: falseAlarms.map(({ text }) => text),
    held: share(falseAlarms.length, ordinary) <= ORDINARY_MOST,
  };
}

function readWishes(file: string, { textField = 'text', wishIntents }: WishesOptions) {
  const schema = z
    .looseObject({
      lang: z.string().optional(),
      before: z.string().optional(),
      history: z.array(messageSchema.pick({ from: true, text: true, offer: true, state: true })).optional(),
    })
    .and(z.object({ [textField]: z.string() }))
    .and(
      wishIntents === undefined ? z.object({ expect: z.enum(['agent', 'none']) }) : z.object({ intent: z.string() }),
    );
  const rows = readRows(file, schema).map((row) => {
    const text = z.string().parse(row[textField]);
    const isWish = 'expect' in row ? row.expect === 'agent' : wishIntents?.includes(String(row.intent));
    const lang = row.lang ?? detectLanguage(text) ?? '–';
    const before = row.before === undefined ? [] : [{ from: 'assistant' as const, text: row.before }];
    return { text, lang, history: row.history ?? before, expect: isWish ? ('agent' as const) : ('none' as const) };
  });
  if (wishIntents !== undefined && rows.length > 0 && rows.every(({ expect }) => expect === 'none'))
    throw new UsageError(`${file}: no row has an intent of --wish-intents "${wishIntents.join(',')}".`);
  return rows;
}

export function showWishes({ languages, tookMs, missed, falseAlarms, held }: WishesReport, withWrong: boolean): string {
  const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${(100 * share(part, whole)).toFixed(1)} %`);
  const sum = (of: (figures: LanguageFigures) => number) =>
    languages.reduce((total, figures) => total + of(figures), 0);
  const all = {
    language: 'all',
    wishes: sum(({ wishes }) => wishes),
    found: sum(({ found }) => found),
    offered: sum(({ offered }) => offered),
    missed: missed.length,
    ordinary: sum(({ ordinary }) => ordinary),
    falseAlarms: falseAlarms.length,
    falseOffers: sum(({ falseOffers }) => falseOffers),
  };
  return [
    table([
      ['language', 'wishes', 'handed off', 'offered', 'missed', 'share', 'ordinary', 'handed off', 'share', 'offered'],
      ...[...languages, all].map((row) => [
        row.language,
        row.wishes,
        row.found,
        row.offered,
        row.missed,
        percent(row.found + row.offered, row.wishes),
        row.ordinary,
        row.falseAlarms,
        percent(row.falseAlarms, row.ordinary),
        row.falseOffers,
      ]),
    ]),
    `ordinary messages handed off: at most ${ORDINARY_MOST * 100} %, ${held ? 'held' : 'MISSED'}`,
    `one message: p50 ${tookMs.p50} ms, p95 ${tookMs.p95} ms, max ${tookMs.max} ms`,
    ...(withWrong
      ? [...missed.map((text) => `missed: ${text}`), ...falseAlarms.map((text) => `handed off: ${text}`)]
      : []),
  ].join('\n');
}
