/** Picks files and folders, also by dropping them. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { PickedFile } from '../knowledge-controller.ts';
import { droppedFiles, pickedFiles } from '../picked-files.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';

export interface FilePickerProps {
  readonly files: readonly PickedFile[];
  readonly onPick: (files: readonly PickedFile[]) => void;
}

export function FilePicker({ files, onPick }: FilePickerProps) {
  const id = useId();
  const over = useSignal(false);
  const add = (picked: readonly PickedFile[]) => onPick([...files, ...picked]);
  return (
    <section
      class={over.value ? 'file-picker file-picker--over' : 'file-picker'}
      aria-label={texts.files}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        if (event.dataTransfer !== null) void droppedFiles(event.dataTransfer.items).then(add);
      }}
    >
      <p>{texts.drop}</p>
      <p class="file-picker__inputs">
        <label for={`${id}-files`}>{texts.files}</label>
        <input
          id={`${id}-files`}
          type="file"
          multiple
          onChange={({ currentTarget }) => add(pickedFiles(currentTarget.files))}
        />
        <label for={`${id}-folder`}>{texts.folder}</label>
        <input
          id={`${id}-folder`}
          type="file"
          ref={pickFolders}
          onChange={({ currentTarget }) => add(pickedFiles(currentTarget.files))}
        />
      </p>
      <p class="report__quiet" role="status">
        {texts.picked(files.length)}
      </p>
    </section>
  );
}

/** Not in the types of inputs. */
const pickFolders = (input: HTMLInputElement | null) => input?.setAttribute('webkitdirectory', '');
