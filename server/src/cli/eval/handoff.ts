/** Evaluates the hand-off rules: cases they must catch, and the share of ordinary questions they may hand off. */
import { z } from 'zod';
import { createPhraseFinder } from '../../triage/hand-off-phrases.ts';
import { LANGUAGES } from '../../triage/phrases/languages.ts';
import { type CaseRules, createCaseRules, ruleOf } from './case-rules.ts';
import { table } from './figures.ts';
import { dataSetLines } from './handoff-data-sets.ts';
import { type HandOffLine, line, ORDINARY } from './handoff-line.ts';
import { jsonlFiles, readRows } from './jsonl.ts';

export interface HandOffReport {
  readonly lines: readonly HandOffLine[];
  readonly held: boolean;
}

const caseSchema = z.object({
  text: z.string(),
  expect: z.enum(['person-request', 'legal', 'fraud', 'chargeback', 'danger', 'ordinary']),
});

/** All of the project's own cases must match. */
const WHOLE = { least: 1 };

/** @throws UsageError when `data` contains no known data set */
export function evaluateHandOff(folders: { own: string; data?: string }): HandOffReport {
  const rules = createCaseRules();
  const lines = [
    ...ownLines(folders.own, rules),
    ...(folders.data === undefined ? [] : dataSetLines(folders.data, rules)),
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

function ownLines(folder: string, rules: CaseRules): HandOffLine[] {
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

/** Which phrases match, one line each, and the rule that decides. */
export function explainHandOff(text: string): string {
  const matches = createPhraseFinder(LANGUAGES).explain(text);
  const rule = ruleOf(createCaseRules(), text);
  return [
    ...matches.map(({ name, phrase, words }) => `${name}: "${words}" matches ${phrase}`),
    rule === undefined ? 'No rule hands this text off.' : `Handed off by rule ${rule}.`,
  ].join('\n');
}
