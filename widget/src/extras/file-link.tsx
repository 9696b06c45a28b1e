/** A file in the conversation, with its name and size, and small if it is a picture; a click saves it. */
import { PICTURE_TYPES } from '@firstword/shared/files';
import type { SentFile } from '@firstword/shared/wire';
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { Picture } from './picture.tsx';
import { fetchFile } from './send-file.ts';
import { saveBlob } from './transcript.ts';

const KB = 1024;

/** A size in kilobytes or megabytes, in the visitor's language. */
export function fileSize(bytes: number, locale: string): string {
  const large = bytes >= KB * KB;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / KB / KB : Math.max(1, bytes / KB));
}

export function FileLink({ chat, file }: { chat: Chat; file: SentFile }) {
  const { id, name, size } = file;
  const { download, fileGone } = useExtraTexts();
  const { locale } = useTexts();
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
        {PICTURE_TYPES.includes(file.type) && <Picture chat={chat} file={file} />}
        <ExtraIcon name="save" />
        <span class="file__name">{name}</span>
        <span class="file__size">{fileSize(size, locale)}</span>
      </button>
      {gone && (
        <span class="file__gone" role="alert">
          {fileGone}
        </span>
      )}
    </>
  );
}
