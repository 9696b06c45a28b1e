/** Picks files for the reply. */
import { FILE_TYPES } from '@firstword/shared/files';
import { useRef } from 'preact/hooks';
import { attachmentTexts as texts } from '../texts/attachment-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';

export function AttachButton({ workspace: { ticket } }: { workspace: Workspace }) {
  const picker = useRef<HTMLInputElement>(null);
  const accepted = ticket.current.value?.detail?.uploads;
  if (accepted === undefined) return null;
  const endings = accepted.types.flatMap((type) => FILE_TYPES[type].extensions).map((ending) => `.${ending}`);
  return (
    <>
      <button
        type="button"
        class="icon-button composer__attach"
        aria-label={texts.attach}
        data-tip={texts.attach}
        onClick={() => picker.current?.click()}
      >
        <Icon name="attach" size={18} />
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={endings.join(',')}
        onChange={({ currentTarget }) => {
          ticket.attachments.attach([...(currentTarget.files ?? [])]);
          // Otherwise picking the same file again would fire no change event.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
