/** Says that the assistant can't answer, why, and what an operator can do. */
import { faultName, fixText } from '../texts/check-texts.ts';
import { modelTexts } from '../texts/model-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';

export function ModelBanner({ workspace: { models } }: { workspace: Workspace }) {
  const alarm = models.alarm.value;
  return (
    <div role="status">
      {alarm !== undefined && (
        <div class="notice notice--failed">
          <Icon name="warning" size={16} />
          <details class="notice__text">
            <summary>{modelTexts.banner(faultName(alarm.code))}</summary>
            <p>{modelTexts.asked(alarm)}</p>
            <p>{fixText(alarm)}</p>
          </details>
        </div>
      )}
    </div>
  );
}
