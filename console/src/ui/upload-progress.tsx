/** How many of the picked files have been sent. */
import type { KnowledgeController } from '../knowledge-controller.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';

export function UploadProgress({ knowledge: { uploading } }: { knowledge: KnowledgeController }) {
  if (uploading.value === undefined) return null;
  return (
    <p class="report__quiet" role="status">
      {texts.uploading(uploading.value.sent, uploading.value.of)}
    </p>
  );
}
