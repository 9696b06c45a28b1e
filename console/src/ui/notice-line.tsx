/** Says why the last action failed, with a button for what to do next, or what was done that nothing else on the page shows. */
import { commonTexts } from '../texts/common-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';

export function NoticeLine({ workspace: { ticket } }: { workspace: Workspace }) {
  const notice = ticket.notice.value;
  return (
    <div role="alert">
      {notice !== undefined && (
        <p class={`notice notice--${notice.kind}`}>
          <Icon name={notice.kind === 'done' ? 'check' : 'warning'} size={16} />
          <span class="notice__text">{notice.text}</span>
          {notice.remedy !== undefined && (
            <button type="button" class="link" onClick={notice.remedy.run}>
              {notice.remedy.label}
            </button>
          )}
          <button type="button" class="notice__close" aria-label={commonTexts.dismiss} onClick={ticket.dismiss}>
            <Icon name="cross" size={14} />
          </button>
        </p>
      )}
    </div>
  );
}
