/** What follows from the cost of the period: blended price, cost per visit, who answered, and what speculation saved. */
import type { CostFigures } from '@firstword/shared/reports';
import { usdText } from '../figures.ts';
import { countText, shareText } from '../numbers.ts';
import { tierName } from '../texts/filter-texts.ts';
import { blendedText, speculationText } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { FigureTable } from './figure-table.tsx';

export function CostFiguresPart({ figures }: { figures: CostFigures }) {
  const { answers, usdPerVisit, visits } = figures;
  const { tier, count, share, each } = reportTexts.answersColumns;
  return (
    <section class="report__part">
      <h2>{reportTexts.costFigures}</h2>
      <dl class="burn">
        <div>
          <dt>{reportTexts.blended}</dt>
          <dd>{blendedText(figures)}</dd>
        </div>
        <div>
          <dt>{reportTexts.perVisit}</dt>
          <dd>
            {usdPerVisit === undefined ? reportTexts.noData : reportTexts.perVisitText(usdText(usdPerVisit), visits)}
          </dd>
        </div>
        <div>
          <dt>{reportTexts.speculation}</dt>
          <dd>{speculationText(figures)}</dd>
        </div>
      </dl>
      {answers.length > 0 && (
        <FigureTable
          csv
          caption={reportTexts.answersByTier}
          columns={[tier, count, share, each]}
          rows={answers.map((line) => ({
            key: line.tier,
            name: tierName(line.tier),
            cells: [
              countText(line.answers),
              shareText(line.share),
              line.usdPerAnswer === undefined ? '–' : usdText(line.usdPerAnswer),
            ],
          }))}
        />
      )}
    </section>
  );
}
