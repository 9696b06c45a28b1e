/** The versions of a source: what each changed, and going back to an earlier one. */
import type { KnowledgeSource, SourceVersion } from '@firstword/shared/knowledge';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { articlesText, changesText, knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import { Ago } from './clock.tsx';

export interface SourceVersionsProps {
  readonly knowledge: KnowledgeController;
  readonly source: KnowledgeSource;
  readonly versions: readonly SourceVersion[];
}

export function SourceVersions({ knowledge, source, versions }: SourceVersionsProps) {
  const { diff } = knowledge.detail.value;
  return (
    <>
      <h4>{texts.versions}</h4>
      <ul class="versions">
        {versions.map((version) => {
          const { number, createdAt, by, note, articles } = version;
          const label = (text: string) => ({ 'aria-label': `${text}, ${texts.version(number)}`, children: text });
          return (
            <li key={number} class="version">
              <p class="version__name">{texts.version(number)}</p>
              <p>{`${articlesText(articles)}: ${changesText(version)}`}</p>
              <p class="report__quiet">
                {`${note === '' ? by : `${by}: ${note}`} · `}
                <Ago at={createdAt} />
              </p>
              <div class="source__actions">
                <button
                  type="button"
                  class="button button--quiet"
                  aria-pressed={diff?.to === number}
                  onClick={() => void knowledge.compare(source, version)}
                  {...label(texts.compare)}
                />
                {number === source.version ? (
                  <span class="version__current">{texts.current}</span>
                ) : (
                  <button
                    type="button"
                    class="button button--plain"
                    onClick={() => void knowledge.rollBack(source, number)}
                    {...label(texts.rollBack)}
                  />
                )}
              </div>
              {diff?.to === number && <Diff diff={diff} />}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Diff({ diff }: { diff: NonNullable<KnowledgeController['detail']['value']['diff']> }) {
  const kinds = (['added', 'changed', 'removed'] as const).filter((kind) => diff[kind].length > 0);
  return (
    <div class="version__diff">
      {kinds.length === 0 && <p>{texts.diffEmpty}</p>}
      {kinds.map((kind) => (
        <section key={kind}>
          <h5>{`${texts.diffKinds[kind]} (${diff[kind].length})`}</h5>
          <ul>
            {diff[kind].map(({ id, title }) => (
              <li key={id}>
                {title} <code>{id}</code>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
