/** On a narrow screen: which half of the ticket shows. */
import type { Signal } from '@preact/signals';
import { texts } from '../texts.ts';
import type { Pane } from '../workspace.ts';

const PANES: readonly Pane[] = ['conversation', 'analysis'];

export function PaneTabs({ pane }: { pane: Signal<Pane> }) {
  return (
    <nav class="pane-tabs" aria-label={texts.panes}>
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
          {texts[name]}
        </button>
      ))}
    </nav>
  );
}
