/** Evaluates the hand-off rules: cases they must catch, and the share of ordinary questions they may hand off. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { exchangesOf, lastAnswer, type Said } from '../../conversation/history-signals.ts';
import { UsageError } from '../../lib/command-line.ts';
import { createPhraseFinder } from '../../triage/hand-off-phrases.ts';
import { createHandOffRules, type RuleHit } from '../../triage/hand-off-rules.ts';
import { createMessageReader, type SaidMessage } from '../../triage/message-signals.ts';
import { LANGUAGES } from '../../triage/phrases/languages.ts';
import { rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';

/** One line of the table. */
export interface HandOffLine {
  /** Where the cases come from: `own` or the data set. */
  readonly set: string;
  readonly family: string;
  readonly cases: number;
  /** Cases that the rule matched; for `ordinary`, any rule. */
  readonly hits: number;
  readonly share: number;
  readonly threshold?: { readonly least?: number; readonly most?: number };
  readonly held: boolean;
  /** The first wrong cases. */
  readonly wrong: readonly string[];
}

export interface HandOffReport {
  readonly lines: readonly HandOffLine[];
  readonly held: boolean;
}

const caseSchema = z.object({
  text: z.string(),
  expect: z.enum(['person-request', 'legal', 'fraud', 'chargeback', 'danger', 'ordinary']),
});
const intentSchema = z.object({ text: z.string(), intent: z.string() });
const complaintSchema = z.object({ text: z.string() });
const dialogueSchema = z.object({
  tasks: z.array(z.string()),
  turns: z.array(z.object({ role: z.string(), text: z.string().default('') })),
});
const chatSchema = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string().nullish() })) });

/** All of the project's own cases must match. */
const WHOLE = { least: 1 };
const ORDINARY = { most: 0.03 };
const WRONG_SHOWN = 12;

/** Intents of the public sets that request an agent. */
const ASKS_FOR_PERSON = /^contact_human_agent$/;
/** Intents that include theft reports or requests for an agent: a hand-off is neither required nor wrong. */
const EITHER_WAY =
  /^(?:contact_customer_service|complaint|compromised_card|.*_not_recognised|lost_or_stolen_.*|fake_teams|call_center|chat_with_.*)$/i;

/** @throws UsageError when `data` contains no known data set */
export function evaluateHandOff(folders: { own: string; data?: string }): HandOffReport {
  const rules = createRules();
  const lines = [
    ...ownLines(folders.own, rules),
    ...(folders.data === undefined ? [] : dataLines(folders.data, rules)),
  ];
  return { lines, held: lines.every(({ held }) => held) };
}

export function showHandOff({ lines }: HandOffReport, withWrong: boolean): string {
  const rows = lines.map(({ set, family, cases, hits, share: part, threshold, held }) => [
    set,
    family,
    cases,
    hits,
    `${(part * 100).toFixed(1)} %`,
    threshold === undefined ? '' : `${limit(threshold)} ${held ? 'held' : 'MISSED'}`,
  ]);
  const wrong = withWrong
    ? lines.flatMap((line) => line.wrong.map((text) => `${line.set} ${line.family}: ${text.replaceAll('\n', ' ')}`))
    : [];
  return [table([['set', 'family', 'cases', 'hits', 'share', 'limit'], ...rows]), ...wrong].join('\n');
}

const limit = ({ least, most }: NonNullable<HandOffLine['threshold']>) =>
  least === undefined ? `≤ ${(most ?? 0) * 100} %` : `≥ ${least * 100} %`;

function ownLines(folder: string, rules: Rules): HandOffLine[] {
  const cases = jsonlFiles(folder).flatMap((file) => readRows(file, caseSchema));
  const textsOf = (family: z.infer<typeof caseSchema>['expect']) =>
    cases.filter((row) => row.expect === family).map(({ text }) => text);
  return [
    ...(['person-request', 'legal', 'fraud', 'chargeback', 'danger'] as const).map((family) =>
      line('own', family, textsOf(family), (text) => ruleOf(rules, text) === family, WHOLE),
    ),
    line('own', 'ordinary', textsOf('ordinary'), (text) => ruleOf(rules, text) !== undefined, ORDINARY),
  ];
}

/** The public data sets in their usual folders; missing ones are skipped. */
function dataLines(folder: string, rules: Rules): HandOffLine[] {
  const anyRule = (text: string) => ruleOf(rules, text) !== undefined;
  const lines: HandOffLine[] = [];
  const intents = jsonlFiles(join(folder, 'intents')).map((file) => ({
    set: basename(file, '.jsonl'),
    rows: readRows(file, intentSchema),
  }));
  for (const { set, rows } of intents) {
    const texts = (wanted: (intent: string) => boolean) =>
      rows.filter(({ intent }) => wanted(intent)).map(({ text }) => text);
    const asking = texts((intent) => ASKS_FOR_PERSON.test(intent));
    if (asking.length > 0)
      lines.push(line(set, 'person-request', asking, (text) => ruleOf(rules, text) === 'person-request'));
    const either = texts((intent) => EITHER_WAY.test(intent));
    if (either.length > 0) lines.push(line(set, 'either way', either, anyRule));
    const ordinary = texts((intent) => !ASKS_FOR_PERSON.test(intent) && !EITHER_WAY.test(intent));
    lines.push(line(set, 'ordinary', ordinary, anyRule, ORDINARY));
  }

  const dialogues = optional(join(folder, 'conversations', 'star_support_dev.jsonl'), dialogueSchema);
  if (dialogues.length > 0) {
    const spoken = ({ turns }: (typeof dialogues)[number]) =>
      turns.filter(({ role }) => role !== 'agent').map(({ text }) => text);
    const reports = dialogues.filter(({ tasks }) => tasks.includes('bank_fraud_report'));
    const isCaught = (report: string) => report.split('\n').some((text) => ruleOf(rules, text) === 'fraud');
    const others = dialogues.filter((one) => !reports.includes(one));
    const chats = others.map(({ turns }) => turns.map(({ role, text }) => said(role !== 'agent', text)));
    lines.push(
      line(
        'star_support',
        'fraud',
        reports.map((report) => spoken(report).join('\n')),
        isCaught,
      ),
      line('star_support', 'ordinary', others.flatMap(spoken), anyRule, ORDINARY),
      inConversation('star_support', chats, rules),
    );
  }
  const chats = optional(join(folder, 'conversations', 'tau_retail_fewshot.jsonl'), chatSchema);
  if (chats.length > 0) {
    const talks = chats.map(({ messages }) =>
      messages.flatMap(({ role, content }) =>
        content && (role === 'user' || role === 'assistant') ? [said(role === 'user', content)] : [],
      ),
    );
    const turns = talks.flat().filter(({ from }) => from === 'visitor');
    lines.push(
      line(
        'tau_retail',
        'ordinary',
        turns.map(({ text }) => text),
        anyRule,
        ORDINARY,
      ),
      inConversation('tau_retail', talks, rules),
    );
  }
  const complaints = optional(join(folder, 'conversations', 'cfpb_complaints_dev.jsonl'), complaintSchema);
  if (complaints.length > 0)
    // Unlabelled, so listed for comparison only.
    for (const family of ['fraud', 'legal', 'chargeback', 'person-request', 'danger'] as const)
      lines.push(
        line(
          'cfpb_complaints',
          family,
          complaints.map(({ text }) => text),
          (text) => ruleOf(rules, text) === family,
        ),
      );
  if (lines.length === 0)
    throw new UsageError(`${folder}: contains no intents/*.jsonl and no known conversations/*.jsonl`);
  return lines;
}

const said = (isVisitor: boolean, text: string): Said => ({ from: isVisitor ? 'visitor' : 'assistant', text });
/** The visitors' messages of whole conversations, each judged with what was said before it. */
function inConversation(set: string, chats: readonly (readonly Said[])[], rules: Rules): HandOffLine {
  const asked = chats.flatMap((chat) =>
    chat.flatMap(({ from, text }, at) => (from === 'visitor' ? [{ text, history: chat.slice(0, at) }] : [])),
  );
  const judged = asked.map(({ text, history }) => ({
    text,
    hit: !!rules({ text, last: lastAnswer(history), earlier: exchangesOf(history) }),
  }));
  return judgedLine(set, 'in conversation', judged, ORDINARY);
}

/** Which phrases match, one line each, and the rule that decides. */
export function explainHandOff(text: string): string {
  const matches = createPhraseFinder(LANGUAGES).explain(text);
  const rule = ruleOf(createRules(), text);
  return [
    ...matches.map(({ name, phrase, words }) => `${name}: "${words}" matches ${phrase}`),
    rule === undefined ? 'No rule hands this text off.' : `Handed off by rule ${rule}.`,
  ].join('\n');
}

function line(
  set: string,
  family: string,
  texts: readonly string[],
  isHit: (text: string) => boolean,
  threshold?: HandOffLine['threshold'],
): HandOffLine {
  return judgedLine(
    set,
    family,
    texts.map((text) => ({ text, hit: isHit(text) })),
    threshold,
  );
}

/** Families of which no message should be handed off. */
const UNWANTED = ['ordinary', 'in conversation'];

function judgedLine(
  set: string,
  family: string,
  judged: readonly { readonly text: string; readonly hit: boolean }[],
  threshold: HandOffLine['threshold'],
): HandOffLine {
  const hits = judged.filter(({ hit }) => hit).length;
  const part = share(hits, judged.length);
  const { least = 0, most = 1 } = threshold ?? {};
  return {
    set,
    family,
    cases: judged.length,
    hits,
    share: rounded(part, 4),
    ...(threshold === undefined ? {} : { threshold }),
    held: threshold === undefined || (part >= least && part <= most),
    wrong: judged
      .filter(({ hit }) => family !== 'either way' && hit === UNWANTED.includes(family))
      .map(({ text }) => text)
      .slice(0, WRONG_SHOWN),
  };
}

type Rules = (said: SaidMessage) => RuleHit | undefined;

function createRules(): Rules {
  const readMessage = createMessageReader();
  const rules = createHandOffRules();
  return (said) => rules(readMessage(said));
}

const ruleOf = (rules: Rules, text: string) => rules({ text })?.rule;

function jsonlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => join(folder, name));
}

function optional<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  return existsSync(file) ? readRows(file, schema) : [];
}
