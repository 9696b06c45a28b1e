/** Switches between the panes of a ticket on a narrow screen. */
import type { Signal } from '@preact/signals';
import type { Pane } from '../commands/command-target.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';

const PANES: readonly Pane[] = ['conversation', 'analysis'];
const TITLES: Record<Pane, string> = { conversation: ticketTexts.conversation, analysis: analysisTexts.analysis };

export function PaneTabs({ pane }: { pane: Signal<Pane> }) {
  return (
    <nav class="pane-tabs" aria-label={ticketTexts.panes}>
      {PANES.map((name) => (
        <button
          type="button"
          key={name}
          class="pane-tabs__item"
          aria-current={name === pane.value ? 'true' : undefined}
          onClick={() => {
            pane.value = name;
          }}
        >
          {TITLES[name]}
        </button>
      ))}
    </nav>
  );
}
