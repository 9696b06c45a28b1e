/** The state of a site's guidance: what is saved, its versions, and a preview of what is being edited. */
import type { AnswerPreview, Guidance, GuidanceView } from '@firstword/shared/guidance';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api-result.ts';
import type { KnowledgeApi } from './knowledge-api.ts';
import { createResource, type Resource } from './resource.ts';
import { guidanceTexts } from './texts/guidance-texts.ts';
import { knowledgeTexts } from './texts/knowledge-texts.ts';

export interface GuidanceController {
  readonly view: Resource<object, GuidanceView>;
  readonly preview: Resource<{ guidance: Guidance | undefined; question: string }, AnswerPreview>;
  readonly saving: ReadonlySignal<boolean>;
  /** What became of the last save, or why it failed. */
  readonly notice: ReadonlySignal<{ readonly kind: 'saved' | 'failed'; readonly text: string } | undefined>;
  /** For the site that is shown. */
  load(): Promise<void>;
  save(guidance: Guidance): Promise<void>;
  rollBack(version: number): Promise<void>;
}

type GuidanceApi = Pick<KnowledgeApi, 'readGuidance' | 'saveGuidance' | 'rollBackGuidance' | 'previewAnswer'>;

export function createGuidanceController(api: GuidanceApi, site: () => string): GuidanceController {
  const saving = signal(false);
  const notice = signal<{ kind: 'saved' | 'failed'; text: string } | undefined>(undefined);
  const view = createResource<object, GuidanceView>({}, () => api.readGuidance(site()));
  const preview = createResource<{ guidance: Guidance | undefined; question: string }, AnswerPreview>(
    { guidance: undefined, question: '' },
    ({ guidance, question }) => api.previewAnswer(site(), guidance, question),
  );
  const change = async (request: Promise<Result<GuidanceView>>) => {
    saving.value = true;
    notice.value = undefined;
    const result = await request;
    saving.value = false;
    if (result.ok) {
      view.set(result.value);
      notice.value = { kind: 'saved', text: guidanceTexts.saved(result.value.version) };
      return;
    }
    const text =
      result.code === 'offline'
        ? knowledgeTexts.offline
        : result.code === 'conflict'
          ? guidanceTexts.conflict
          : result.message;
    notice.value = { kind: 'failed', text };
  };
  return {
    view,
    preview,
    saving,
    notice,
    async load() {
      notice.value = undefined;
      preview.clear();
      view.clear();
      await view.load();
    },
    save: (guidance) => change(api.saveGuidance(site(), guidance, view.response.value?.version ?? 0)),
    rollBack: (version) => change(api.rollBackGuidance(site(), version)),
  };
}
