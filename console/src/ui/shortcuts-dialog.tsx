/** Lists all keyboard shortcuts. */
import { keysOf } from '@firstword/shared/keys-of';
import { COMMAND_IDS, COMMANDS, commandOf } from '../commands/commands.ts';
import { keyLabel } from '../commands/shortcuts.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { CloseFoot, DialogFrame } from './dialog-frame.tsx';
import { isMac } from './platform.ts';

const GROUPS = keysOf(dialogTexts.commandGroups);

export function ShortcutsDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogFrame workspace={workspace} title={dialogTexts.shortcuts} hint={dialogTexts.shortcutsHint} wide>
      <div class="keys">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{dialogTexts.commandGroups[group]}</h3>
            <dl>
              {COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => (
                <KeyLine key={id} label={COMMANDS[id].label} keyName={commandOf(id).key} />
              ))}
              {group === 'reply' && (
                <div>
                  <dt>{dialogTexts.sendKey}</dt>
                  <dd>
                    <kbd>{isMac ? '⌘' : 'Ctrl '}Enter</kbd>
                  </dd>
                </div>
              )}
            </dl>
          </section>
        ))}
      </div>
      <CloseFoot workspace={workspace} first />
    </DialogFrame>
  );
}

function KeyLine({ label, keyName }: { label: string; keyName: string | undefined }) {
  if (keyName === undefined) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <kbd>{keyLabel(keyName, isMac)}</kbd>
      </dd>
    </div>
  );
}
