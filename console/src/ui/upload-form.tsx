/** Adds files to a source of uploaded files. */
import { useSignal } from '@preact/signals';
import type { KnowledgeController, PickedFile } from '../knowledge-controller.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import { FilePicker } from './file-picker.tsx';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { UploadProgress } from './upload-progress.tsx';

export interface UploadFormProps {
  readonly knowledge: KnowledgeController;
  readonly sourceId: string;
  readonly onClose: () => void;
}

export function UploadForm({ knowledge, sourceId, onClose }: UploadFormProps) {
  const files = useSignal<readonly PickedFile[]>([]);
  const busy = useSignal(false);
  async function submit() {
    busy.value = true;
    if (await knowledge.addFiles(sourceId, files.value)) onClose();
    busy.value = false;
  }
  return (
    <form
      class="source-form"
      aria-label={texts.addFiles}
      ref={focusFirstField}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="source-form__wide report__quiet">{texts.addFilesHint}</p>
      <FilePicker
        files={files.value}
        onPick={(picked) => {
          files.value = picked;
        }}
      />
      <FormFoot action={texts.addFilesAndImport} disabled={busy.value || files.value.length === 0} onCancel={onClose}>
        <UploadProgress knowledge={knowledge} />
      </FormFoot>
    </form>
  );
}
