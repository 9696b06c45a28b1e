/** The menu's lines about the visitor's own data. */
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { downloadData } from './own-data.ts';

export function OwnDataEntries({ chat, onDelete, done }: { chat: Chat; onDelete: () => void; done: () => void }) {
  const { dataDownload, dataDelete, dataFailed } = useExtraTexts();
  const [failed, setFailed] = useState(false);
  return (
    <>
      <button
        type="button"
        role="menuitem"
        class="menu__item"
        onClick={async () => {
          setFailed(false);
          if (await downloadData(chat)) done();
          else setFailed(true);
        }}
      >
        <ExtraIcon name="download" />
        <span class="menu__label">{failed ? dataFailed : dataDownload}</span>
      </button>
      <button type="button" role="menuitem" class="menu__item" onClick={onDelete}>
        <ExtraIcon name="erase" />
        <span class="menu__label">{dataDelete}</span>
      </button>
    </>
  );
}
