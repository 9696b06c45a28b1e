/** Evaluates the hand-off rules on the public data sets, each in its usual folder; missing ones are skipped. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { exchangesOf, lastAnswer, type Said } from '../../conversation/history-signals.ts';
import { UsageError } from '../../lib/command-line.ts';
import { type CaseRules, ruleOf } from './case-rules.ts';
import { type HandOffLine, judgedLine, line, ORDINARY } from './handoff-line.ts';
import { jsonlFiles, readRows } from './jsonl.ts';

const intentSchema = z.object({ text: z.string(), intent: z.string() });
const complaintSchema = z.object({ text: z.string() });
const dialogueSchema = z.object({
  tasks: z.array(z.string()),
  turns: z.array(z.object({ role: z.string(), text: z.string().default('') })),
});
const chatSchema = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string().nullish() })) });

/** Intents of the public sets that request an agent. */
const ASKS_FOR_PERSON = /^contact_human_agent$/;
/** Intents that include theft reports or requests for an agent: a hand-off is neither required nor wrong. */
const EITHER_WAY =
  /^(?:contact_customer_service|complaint|compromised_card|.*_not_recognised|lost_or_stolen_.*|fake_teams|call_center|chat_with_.*)$/i;

/** @throws UsageError when `folder` contains no known data set */
export function dataSetLines(folder: string, rules: CaseRules): HandOffLine[] {
  const inConversations = (name: string) => join(folder, 'conversations', name);
  const lines = [
    ...jsonlFiles(join(folder, 'intents')).flatMap((file) => intentLines(file, rules)),
    ...supportLines(inConversations('star_support_dev.jsonl'), rules),
    ...retailLines(inConversations('tau_retail_fewshot.jsonl'), rules),
    ...complaintLines(inConversations('cfpb_complaints_dev.jsonl'), rules),
  ];
  if (lines.length === 0)
    throw new UsageError(`${folder}: contains no intents/*.jsonl and no known conversations/*.jsonl`);
  return lines;
}

function intentLines(file: string, rules: CaseRules): HandOffLine[] {
  const set = basename(file, '.jsonl');
  const rows = readRows(file, intentSchema);
  const texts = (wanted: (intent: string) => boolean) =>
    rows.filter(({ intent }) => wanted(intent)).map(({ text }) => text);
  const asking = texts((intent) => ASKS_FOR_PERSON.test(intent));
  const either = texts((intent) => EITHER_WAY.test(intent));
  const ordinary = texts((intent) => !ASKS_FOR_PERSON.test(intent) && !EITHER_WAY.test(intent));
  const anyRule = (text: string) => ruleOf(rules, text) !== undefined;
  return [
    ...(asking.length > 0
      ? [line(set, 'person-request', asking, (text) => ruleOf(rules, text) === 'person-request')]
      : []),
    ...(either.length > 0 ? [line(set, 'either way', either, anyRule)] : []),
    line(set, 'ordinary', ordinary, anyRule, ORDINARY),
  ];
}

function supportLines(file: string, rules: CaseRules): HandOffLine[] {
  const dialogues = optional(file, dialogueSchema);
  if (dialogues.length === 0) return [];
  const spoken = ({ turns }: (typeof dialogues)[number]) =>
    turns.filter(({ role }) => role !== 'agent').map(({ text }) => text);
  const isReport = ({ tasks }: (typeof dialogues)[number]) => tasks.includes('bank_fraud_report');
  const reports = dialogues.filter(isReport).map((report) => spoken(report).join('\n'));
  const isCaught = (report: string) => report.split('\n').some((text) => ruleOf(rules, text) === 'fraud');
  const others = dialogues.filter((dialogue) => !isReport(dialogue));
  const chats = others.map(({ turns }) => turns.map(({ role, text }) => said(role !== 'agent', text)));
  return [
    line('star_support', 'fraud', reports, isCaught),
    line('star_support', 'ordinary', others.flatMap(spoken), (text) => ruleOf(rules, text) !== undefined, ORDINARY),
    inConversation('star_support', chats, rules),
  ];
}

function retailLines(file: string, rules: CaseRules): HandOffLine[] {
  const chats = optional(file, chatSchema).map(({ messages }) =>
    messages.flatMap(({ role, content }) =>
      content && (role === 'user' || role === 'assistant') ? [said(role === 'user', content)] : [],
    ),
  );
  if (chats.length === 0) return [];
  const asked = chats.flatMap((chat) => chat.filter(({ from }) => from === 'visitor').map(({ text }) => text));
  return [
    line('tau_retail', 'ordinary', asked, (text) => ruleOf(rules, text) !== undefined, ORDINARY),
    inConversation('tau_retail', chats, rules),
  ];
}

/** Unlabelled, so listed for comparison only. */
function complaintLines(file: string, rules: CaseRules): HandOffLine[] {
  const texts = optional(file, complaintSchema).map(({ text }) => text);
  if (texts.length === 0) return [];
  return (['fraud', 'legal', 'chargeback', 'person-request', 'danger'] as const).map((family) =>
    line('cfpb_complaints', family, texts, (text) => ruleOf(rules, text) === family),
  );
}

const said = (isVisitor: boolean, text: string): Said => ({ from: isVisitor ? 'visitor' : 'assistant', text });

/** The visitors' messages of whole conversations, each judged with what was said before it. */
function inConversation(set: string, chats: readonly (readonly Said[])[], rules: CaseRules): HandOffLine {
  const asked = chats.flatMap((chat) =>
    chat.flatMap(({ from, text }, at) => (from === 'visitor' ? [{ text, history: chat.slice(0, at) }] : [])),
  );
  const judged = asked.map(({ text, history }) => ({
    text,
    hit: !!rules({ text, last: lastAnswer(history), earlier: exchangesOf(history) }),
  }));
  return judgedLine(set, 'in conversation', judged, ORDINARY);
}

function optional<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  return existsSync(file) ? readRows(file, schema) : [];
}
