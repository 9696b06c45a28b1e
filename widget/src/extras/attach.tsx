/** The composer's upload button where the site accepts files, and a row for each upload in progress or failed. */
import { FILE_TYPES, type FileType, fileTypeOf } from '@firstword/shared/files';
import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { newId } from '../chat/outgoing.ts';
import { useTexts } from '../texts.ts';
import { Icon } from '../ui/icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { fileSize } from './file-link.tsx';
import { type FileFailure, type Sending, sendFile } from './send-file.ts';

interface Upload {
  readonly id: string;
  readonly file: File;
  /** 0 to 1. */
  readonly share: number;
  readonly failure?: FileFailure;
}

const MB = 1024 * 1024;
/** The server would refuse the same file again. */
const FINAL: readonly FileFailure[] = ['type', 'empty', 'content', 'unsafe', 'too-large', 'too-many'];
const endings = (types: readonly FileType[]) => types.flatMap((type) => FILE_TYPES[type].extensions);

/** `dropped`: files that wait to be sent, emptied here. */
export function Attach({ chat, dropped }: { chat: Chat; dropped: Signal<readonly File[]> }) {
  const { site, conversationId } = chat.outline.value;
  const uploads = site?.uploads;
  const [list, setList] = useState<readonly Upload[]>([]);
  const sendings = useRef(new Map<string, Sending>());
  const picker = useRef<HTMLInputElement>(null);
  const texts = useTexts();
  const extraTexts = useExtraTexts();
  useEffect(
    () => () => {
      for (const sending of sendings.current.values()) sending.cancel();
    },
    [],
  );
  useEffect(() => {
    if (!uploads || conversationId === undefined || dropped.value.length === 0) return;
    pick(dropped.value);
    dropped.value = [];
  }, [uploads, conversationId, dropped.value]);
  if (!uploads) return null;
  const { maxMb, types } = uploads;

  const change = (id: string, next: Partial<Upload>) =>
    setList((held) => held.map((each) => (each.id === id ? { ...each, ...next } : each)));
  function remove(id: string) {
    sendings.current.get(id)?.cancel();
    setList((held) => held.filter((each) => each.id !== id));
    picker.current?.parentElement?.querySelector('textarea')?.focus({ preventScroll: true });
  }
  async function send({ id, file }: Upload) {
    const sending = sendFile(chat, id, file, (share) => change(id, { share }));
    sendings.current.set(id, sending);
    const failure = await sending.ended;
    sendings.current.delete(id);
    if (failure) change(id, { failure });
    else setList((held) => held.filter((each) => each.id !== id));
  }
  function check({ name, size }: File): FileFailure | undefined {
    if (!fileTypeOf(name, types)) return 'type';
    if (size === 0) return 'empty';
    return size > maxMb * MB ? 'too-large' : undefined;
  }
  function pick(files: Iterable<File>) {
    const picked = [...files].map((file): Upload => {
      const failure = check(file);
      return { id: newId(), file, share: 0, ...(failure && { failure }) };
    });
    setList((held) => [...held, ...picked]);
    for (const upload of picked) if (!upload.failure) void send(upload);
    // Otherwise picking the same file again would fire no change event.
    if (picker.current) picker.current.value = '';
  }
  function again({ id, file }: Upload) {
    setList((held) => held.map((each) => (each.id === id ? { id, file, share: 0 } : each)));
    void send({ id, file, share: 0 });
  }
  function explain(failure: FileFailure): string {
    const { fileType, fileSize: tooLarge, fileEmpty, fileContent, fileUnsafe, fileLimit, fileFailed } = extraTexts;
    const { locale, notSent } = texts;
    switch (failure) {
      case 'type':
        return fileType(endings(types).join(', '));
      case 'too-large':
        return tooLarge(fileSize(maxMb * MB, locale));
      case 'empty':
        return fileEmpty;
      case 'content':
        return fileContent;
      case 'unsafe':
        return fileUnsafe;
      case 'too-many':
        return fileLimit;
      case 'rate-limited':
        return notSent['rate-limited'];
      default:
        return fileFailed;
    }
  }

  const { attach, uploading, remove: removeText } = extraTexts;
  return (
    <>
      {list.length > 0 && (
        <ul class="uploads">
          {list.map((upload) => (
            <li key={upload.id} class="upload">
              {upload.failure ? (
                <p class="note note--bad" role="alert">
                  <b dir="auto">{upload.file.name}</b> {explain(upload.failure)}
                </p>
              ) : (
                <p class="note" dir="auto">
                  {uploading(upload.file.name)}
                </p>
              )}
              {!upload.failure && (
                <progress class="upload__bar" aria-label={uploading(upload.file.name)} value={upload.share} />
              )}
              {upload.failure && !FINAL.includes(upload.failure) && (
                <button type="button" class="link" onClick={() => again(upload)}>
                  {texts.retry}
                </button>
              )}
              <button
                type="button"
                class="upload__remove"
                aria-label={`${removeText}: ${upload.file.name}`}
                onClick={() => remove(upload.id)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        class="attach"
        aria-label={attach}
        title={attach}
        disabled={conversationId === undefined}
        onClick={() => picker.current?.click()}
      >
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M16 9.5l-6 6a3.9 3.9 0 0 1-5.5-5.5l6.5-6.5a2.6 2.6 0 0 1 3.7 3.7l-6.3 6.3a1.3 1.3 0 0 1-1.9-1.9L12 6.2" />
        </svg>
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={endings(types)
          .map((end) => `.${end}`)
          .join(',')}
        onChange={({ currentTarget }) => pick(currentTarget.files ?? [])}
      />
    </>
  );
}
