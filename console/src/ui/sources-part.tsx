/** A site's sources of articles with their imports, and the form that adds one. */
import { useSignal } from '@preact/signals';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import { ListHead } from './list-head.tsx';
import { SourceForm } from './source-form.tsx';
import { SourceItem } from './source-item.tsx';

export interface SourcesPartProps {
  readonly knowledge: KnowledgeController;
  /** Whether the site has no source yet: the form is open, and the page has a heading for it. */
  readonly isFirst?: boolean;
}

export function SourcesPart({ knowledge, isFirst = false }: SourcesPartProps) {
  const adding = useSignal(isFirst);
  const { sources } = knowledge.overview.response.value ?? { sources: [] };
  return (
    <section class="report__part" aria-label={texts.sources}>
      <ListHead action={texts.add} adding={adding}>
        {!isFirst && <h2>{texts.sources}</h2>}
      </ListHead>
      <p class="report__failed" role="alert">
        {knowledge.failure.value}
      </p>
      {adding.value && (
        <SourceForm
          knowledge={knowledge}
          canCancel={!isFirst || sources.length > 0}
          isOpened={!isFirst}
          onClose={() => {
            adding.value = false;
          }}
        />
      )}
      {sources.length === 0 && !adding.value && <p class="report__empty">{texts.sourcesEmpty}</p>}
      <ul class="knowledge-sources">
        {sources.map((source) => (
          <SourceItem key={source.id} knowledge={knowledge} source={source} />
        ))}
      </ul>
    </section>
  );
}
