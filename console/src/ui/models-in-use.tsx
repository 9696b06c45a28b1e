/** The models in use: tiers, prices, felt TTFT, and what a profile changes in a request. */
import type { ModelSettingsView } from '@firstword/shared/model-settings';
import type { ResponseTimeReport } from '@firstword/shared/reports';
import { durationText } from '../figures.ts';
import { tierName } from '../texts/filter-texts.ts';
import { priceText, modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';
import { phraseText } from '../texts/phrase-texts.ts';
import { FigureTable } from './figure-table.tsx';

export interface ModelsInUseProps {
  readonly view: Pick<ModelSettingsView, 'inUse'>;
  readonly felt: ResponseTimeReport | undefined;
}

export function ModelsInUse({ view: { inUse }, felt }: ModelsInUseProps) {
  if (inUse.length === 0) return null;
  const { model, tiers, price, felt: feltColumn, profile } = texts.columns;
  const hasSeveralEndpoints = new Set(inUse.map(({ endpointId }) => endpointId)).size > 1;
  const feltOf = (id: string) => {
    const ttft = felt?.lines.find(({ key }) => key === id)?.figures.ttft;
    return ttft?.kind === 'measured' ? durationText(ttft.p50Ms) : '–';
  };
  return (
    <section class="report__part model-tables">
      <h2>{texts.inUse}</h2>
      <p class="report__quiet">{texts.inUseHint(felt?.sites.find(({ id }) => id === felt.site)?.name)}</p>
      <FigureTable
        texts
        caption={texts.inUse}
        columns={[model, tiers, price, feltColumn, profile]}
        rows={inUse.map((used) => ({
          key: `${used.endpointId} ${used.id}`,
          name: (
            <>
              {used.id}
              {hasSeveralEndpoints && <span class="figures__aside"> {used.endpointId}</span>}
            </>
          ),
          cells: [
            used.tiers.map(tierName).join(', '),
            priceText(used),
            feltOf(used.id),
            used.profilePhrases.map(phraseText).join(', ') || texts.usualProfile,
          ],
        }))}
      />
    </section>
  );
}
