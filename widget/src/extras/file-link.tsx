/** A file in the conversation: what it is called and how large it is; a click saves it. */
import type { SentFile } from '@firstword/shared/wire';
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { texts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import { words } from './extra-texts.ts';
import { fileSize } from './file-size.ts';
import { fetchFile } from './send-file.ts';
import { saveBlob } from './transcript.ts';

export function FileLink({ chat, file }: { chat: Chat; file: SentFile }) {
  const { id, name, size } = file;
  const { download, fileGone } = words.value;
  const [gone, setGone] = useState(false);

  async function save() {
    setGone(false);
    const blob = await fetchFile(chat, id);
    if (blob) saveBlob(name, blob);
    else setGone(true);
  }
  return (
    <>
      <button type="button" class="file" aria-label={download(name)} onClick={() => void save()}>
        <Icon name="save" />
        <span class="file__name">{name}</span>
        <span class="file__size">{fileSize(size, texts.value.locale)}</span>
      </button>
      {gone && (
        <span class="file__gone" role="alert">
          {fileGone}
        </span>
      )}
    </>
  );
}
