/** The command palette: searches the available commands. */
import { isComposing } from '@firstword/shared/composing';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CommandGroup } from '../commands/command.ts';
import { COMMAND_IDS, COMMANDS, type CommandId, commandOf, isAvailable, labelOf } from '../commands/commands.ts';
import { keyLabel } from '../commands/shortcuts.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogFrame } from './dialog-frame.tsx';
import { isMac } from './platform.ts';

/** Commands on the open ticket come first. */
const GROUPS: readonly CommandGroup[] = ['reply', 'ticket', 'list', 'page'];
const IDS = GROUPS.flatMap((group) => COMMAND_IDS.filter((id) => COMMANDS[id].group === group && id !== 'palette'));

export function Palette({ workspace }: { workspace: Workspace }) {
  const query = useSignal('');
  const position = useSignal(0);
  const situation = workspace.situation.value;
  const found = IDS.filter(
    (id) =>
      isAvailable(id, situation) && labelOf(id, situation).toLowerCase().includes(query.value.trim().toLowerCase()),
  );
  const chosen = found[Math.min(position.value, found.length - 1)];

  useEffect(() => {
    document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function run(id: CommandId | undefined) {
    if (id === undefined) return;
    workspace.dialog.value = undefined;
    workspace.run(id);
  }
  function press(event: KeyboardEvent) {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) position.value = (position.value + step + found.length) % found.length;
    else if (event.key === 'Enter') run(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <DialogFrame workspace={workspace} title={dialogTexts.palette}>
      <input
        class="palette__input"
        role="combobox"
        aria-label={dialogTexts.paletteHint}
        aria-expanded={true}
        aria-controls="palette"
        aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen}`}
        autocomplete="off"
        placeholder={dialogTexts.paletteHint}
        data-first
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value;
          position.value = 0;
        }}
        onKeyDown={press}
      />
      <div class="palette" id="palette" role="listbox" aria-label={dialogTexts.palette}>
        {found.map((id) => {
          const key = commandOf(id).key;
          return (
            <div
              key={id}
              id={`palette-${id}`}
              class="palette__item"
              role="option"
              aria-selected={id === chosen}
              tabIndex={-1}
              onClick={() => run(id)}
              onKeyDown={press}
            >
              {labelOf(id, situation)}
              {key !== undefined && <kbd>{keyLabel(key, isMac)}</kbd>}
            </div>
          );
        })}
      </div>
      {found.length === 0 && <p class="dialog__hint">{dialogTexts.paletteEmpty}</p>}
    </DialogFrame>
  );
}
