/** The parts of the console's pages in their states, for development and for tests. Not a part of the build that ships. */
import { keysOf } from '@firstword/shared/keys-of';
import { render } from 'preact';
import '../src/styles.ts';
import './samples.css';
import { ChartSamples } from './chart-samples.tsx';
import { loadComposerSamples } from './composer-samples.tsx';
import { ControlSamples } from './control-samples.tsx';
import { loadDialogSamples } from './dialog-samples.tsx';
import { FieldSamples } from './field-samples.tsx';
import { ListSamples } from './list-samples.tsx';
import { loadListStateSamples } from './list-state-samples.tsx';
import { loadMenuSamples } from './menu-samples.tsx';
import { MessageSamples } from './message-samples.tsx';

const PARTS = {
  controls: () => ControlSamples,
  fields: () => FieldSamples,
  lists: () => ListSamples,
  'list-states': loadListStateSamples,
  messages: () => MessageSamples,
  composer: loadComposerSamples,
  dialogs: loadDialogSamples,
  menus: loadMenuSamples,
  charts: () => ChartSamples,
} as const;

const name = keysOf(PARTS).find((part) => part === new URLSearchParams(location.search).get('part')) ?? 'controls';
const Part = await PARTS[name]();
const root = document.getElementById('components');
if (root !== null)
  render(
    <main class="samples">
      <h1>Components: {name}</h1>
      <nav class="samples__nav" aria-label="Components">
        {keysOf(PARTS).map((part) => (
          <a key={part} href={`?part=${part}`} aria-current={part === name ? 'page' : undefined}>
            {part}
          </a>
        ))}
      </nav>
      <Part />
    </main>,
    root,
  );
