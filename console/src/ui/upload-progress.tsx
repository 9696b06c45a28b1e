/** How many of the picked files have been sent. */
import type { KnowledgeController } from '../knowledge-controller.ts';
import { countText } from '../numbers.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';

export function UploadProgress({ knowledge: { uploading } }: { knowledge: KnowledgeController }) {
  if (uploading.value === undefined) return null;
  return (
    <p class="report__quiet" role="status">
      {texts.uploading(countText(uploading.value.sent + 1), countText(uploading.value.of))}
    </p>
  );
}
