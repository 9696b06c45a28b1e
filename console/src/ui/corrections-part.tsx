/** Triage corrections as a confusion matrix, with the cases to download for the evaluation. */
import { keysOf } from '@firstword/shared/keys-of';
import type { VerdictReport } from '@firstword/shared/reports';
import { useEffect } from 'preact/hooks';
import { basePath } from '../base-path.ts';
import type { Resource } from '../resource.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { FigureTable } from './figure-table.tsx';

const HANDLINGS = keysOf(analysisTexts.handlings);

export function CorrectionsPart({ verdicts }: { verdicts: Resource<object, VerdictReport> }) {
  useEffect(() => void verdicts.load(), [verdicts]);
  const report = verdicts.response.value;
  if (report === undefined) return null;
  return (
    <section class="report__part">
      <h2>{reportTexts.triage}</h2>
      {report.confusion.length === 0 ? (
        <p class="report__empty">{reportTexts.triageEmpty}</p>
      ) : (
        <Matrix confusion={report.confusion} />
      )}
    </section>
  );
}

function Matrix({ confusion }: VerdictReport) {
  const counts = new Map(confusion.map(({ from, to, count }) => [`${from} ${to}`, count]));
  return (
    <>
      <p class="report__quiet">{reportTexts.triageHint}</p>
      <FigureTable
        caption={reportTexts.triage}
        columns={[reportTexts.triageFrom, ...HANDLINGS.map((to) => `→ ${analysisTexts.handlings[to]}`)]}
        rows={HANDLINGS.map((from) => ({
          key: from,
          name: analysisTexts.handlings[from],
          cells: HANDLINGS.map((to) => String(counts.get(`${from} ${to}`) ?? '–')),
        }))}
      />
      <p>
        <a href={`${basePath}/api/v1/verdicts?format=jsonl`} download="corrected-verdicts.jsonl">
          {reportTexts.triageCases}
        </a>{' '}
        <span class="report__quiet">{reportTexts.triageCasesHint}</span>
      </p>
    </>
  );
}
