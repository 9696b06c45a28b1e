/** The menu's lines about the visitor's own data, and the question before it is deleted. */
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { deleteData, downloadData } from './own-data.ts';

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

export function DeleteQuestion({ chat, done }: { chat: Chat; done: () => void }) {
  const { dataDelete, dataDeleteAsk, dataDeleteConfirm, cancel, dataFailed } = useExtraTexts();
  const [state, setState] = useState<'asked' | 'deleting' | 'failed'>('asked');
  return (
    <div class="menu__ask" role="alertdialog" aria-label={dataDelete}>
      <p>{dataDeleteAsk}</p>
      {state === 'failed' && (
        <p class="note note--bad" role="alert">
          {dataFailed}
        </p>
      )}
      <div class="menu__answers">
        <button type="button" class="link menu__item menu__cancel" onClick={done}>
          {cancel}
        </button>
        <button
          type="button"
          class="line__button"
          disabled={state === 'deleting'}
          onClick={async () => {
            setState('deleting');
            if (await deleteData(chat)) done();
            else setState('failed');
          }}
        >
          {dataDeleteConfirm}
        </button>
      </div>
    </div>
  );
}
