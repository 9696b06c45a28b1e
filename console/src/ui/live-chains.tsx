/** The models of each tier in the order in which they are asked now. Regions with the same order share a line. */
import type { LiveChain } from '@firstword/shared/model-settings';
import { durationText } from '../figures.ts';
import { tierName } from '../texts/filter-texts.ts';
import { modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';
import { FigureTable } from './figure-table.tsx';

export function LiveChains({ chains }: { chains: readonly LiveChain[] }) {
  if (chains.length === 0) return null;
  const { tier, regions, models } = texts.chainColumns;
  const lines = new Map<string, { readonly chain: LiveChain; readonly order: string; readonly regions: string[] }>();
  for (const chain of chains) {
    const order = chain.models
      .map(({ id, ttftMs, samples }) => `${id} (${durationText(ttftMs)}${samples === 0 ? '*' : ''})`)
      .join(' → ');
    const key = `${chain.tier} ${order}`;
    const line = lines.get(key) ?? { chain, order, regions: [] };
    line.regions.push(chain.region);
    lines.set(key, line);
  }
  return (
    <section class="report__part model-tables">
      <h2>{texts.chains}</h2>
      <p class="report__quiet">{texts.chainsHint}</p>
      <FigureTable
        texts
        caption={texts.chains}
        columns={[tier, regions, models]}
        rows={[...lines].map(([key, line]) => ({
          key,
          name: tierName(line.chain.tier),
          cells: [line.regions.join(', '), line.order],
        }))}
      />
    </section>
  );
}
