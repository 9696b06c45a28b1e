/** What the check of each model found. */
import { tierName } from '../texts/filter-texts.ts';
import { modelTexts, noteText, resultText, ttftText } from '../texts/model-texts.ts';
import type { Workspace } from '../workspace.ts';
import { FigureTable } from './figure-table.tsx';

export function ModelsPart({ models }: Pick<Workspace, 'models'>) {
  const status = models.status.response.value;
  if (status === undefined) return null;
  const { model, result, ttft, speed, price } = modelTexts.columns;
  return (
    <section class="report__part">
      <h2>{modelTexts.title}</h2>
      {status.checks.length === 0 ? (
        <p class="report__empty">{modelTexts.unchecked}</p>
      ) : (
        <>
          <p class="report__quiet">{modelTexts.hint}</p>
          <FigureTable
            caption={modelTexts.title}
            columns={[model, ttft, speed, price, result]}
            rows={status.checks.map((check) => ({
              key: `${check.endpointId} ${check.modelId}`,
              name: (
                <>
                  {check.modelId} <span class="figures__aside">{check.tiers.map(tierName).join(', ')}</span>
                </>
              ),
              cells: [
                ttftText(check),
                String(check.tokensPerSecond ?? '–'),
                modelTexts.prices[check.price],
                resultText(check),
              ],
            }))}
          />
          {status.checks.map((check) => {
            const note = noteText(check);
            return note === undefined ? null : (
              <p key={`${check.endpointId} ${check.modelId}`} class="report__note">
                {note}
              </p>
            );
          })}
        </>
      )}
    </section>
  );
}
