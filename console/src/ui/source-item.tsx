/** One source: what its last import did, its progress, and its problems and versions on request. */
import type { KnowledgeSource } from '@firstword/shared/knowledge';
import { type Signal, useSignal } from '@preact/signals';
import type { KnowledgeController } from '../knowledge-controller.ts';
import {
  articlesText,
  problemsText,
  runText,
  SCHEDULES,
  scheduleText,
  sourceName,
  knowledgeTexts as texts,
} from '../texts/knowledge-texts.ts';
import { Ago } from './clock.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { useFocusBack } from './focus.ts';
import { SourceVersions } from './source-versions.tsx';
import { UploadForm } from './upload-form.tsx';

interface SourceProps {
  readonly knowledge: KnowledgeController;
  readonly source: KnowledgeSource;
}

export function SourceItem({ knowledge, source }: SourceProps) {
  const { id, name, origin, articles, lastRun } = source;
  const isOpen = knowledge.openSource.value === id;
  const { problems, versions } = knowledge.detail.value;
  const addingFiles = useSignal(false);
  return (
    <li class="source">
      <div class="source__head">
        <h3 class="source__name">{sourceName(source)}</h3>
        <p class="source__kind">
          {origin.kind === 'manual'
            ? articlesText(articles)
            : `${texts.kinds[origin.kind]} · ${articlesText(articles)}`}
          {'url' in origin && origin.url !== name && <span class="source__url">{origin.url}</span>}
        </p>
        <Actions knowledge={knowledge} source={source} addingFiles={addingFiles} />
      </div>
      {origin.kind !== 'manual' && <LastRun knowledge={knowledge} source={source} />}
      {addingFiles.value && (
        <UploadForm
          knowledge={knowledge}
          sourceId={id}
          onClose={() => {
            addingFiles.value = false;
          }}
        />
      )}
      {isOpen && (
        <div class="source__detail">
          {problems !== undefined && (
            <>
              <h4>{texts.problems}</h4>
              <ul class="source__problems">
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
              {(lastRun?.problems ?? 0) > problems.length && (
                <p class="report__quiet">{texts.problemsMore((lastRun?.problems ?? 0) - problems.length)}</p>
              )}
            </>
          )}
          {versions !== undefined && <SourceVersions knowledge={knowledge} source={source} versions={versions} />}
          <button type="button" class="button button--quiet" onClick={knowledge.closeDetail}>
            {texts.close}
          </button>
        </div>
      )}
    </li>
  );
}

function LastRun({ knowledge, source }: SourceProps) {
  const { name, lastRun } = source;
  if (lastRun === undefined) return <p class="source__run report__quiet">{texts.neverImported}</p>;
  const { state, read, total, problems, endedAt } = lastRun;
  return (
    <div class="source__run">
      {state === 'running' && (
        <progress
          aria-label={texts.progress(name)}
          {...(total === undefined || total === 0 ? {} : { value: read, max: total })}
        />
      )}
      <p class={`source__state source__state--${state}`}>
        {runText(lastRun)}
        {endedAt !== undefined && (
          <span class="source__time">
            <Ago at={endedAt} />
          </span>
        )}
      </p>
      {problems > 0 && state !== 'running' && (
        <button type="button" class="link" onClick={() => void knowledge.showProblems(source)}>
          {problemsText(problems)}
        </button>
      )}
    </div>
  );
}

function Actions({ knowledge, source, addingFiles }: SourceProps & { addingFiles: Signal<boolean> }) {
  const { id, origin, version, articles, lastRun } = source;
  const name = sourceName(source);
  const opener = useFocusBack(addingFiles.value);
  const labelled = (label: string) => ({ 'aria-label': `${label}, ${name}`, children: label });
  return (
    <div class="source__actions">
      {origin.kind !== 'manual' && origin.kind !== 'upload' && <Schedule knowledge={knowledge} source={source} />}
      {origin.kind === 'upload' && (
        <button
          ref={opener}
          type="button"
          class="button button--quiet"
          onClick={() => {
            addingFiles.value = true;
          }}
          {...labelled(texts.addFiles)}
        />
      )}
      {version > 0 && (
        <button
          type="button"
          class="button button--quiet"
          onClick={() => void knowledge.showVersions(source)}
          {...labelled(texts.versions)}
        />
      )}
      <ConfirmButton
        label={texts.remove}
        name={name}
        sure={texts.removeSure(articles)}
        cancel={texts.cancel}
        onConfirm={() => void knowledge.remove(id)}
      />
      {origin.kind !== 'manual' &&
        (lastRun?.state === 'running' ? (
          <button
            type="button"
            class="button button--plain"
            disabled={lastRun.stopping}
            onClick={() => void knowledge.stop(lastRun.id)}
            {...labelled(texts.stop)}
          />
        ) : (
          <button
            type="button"
            class="button button--plain"
            onClick={() => void knowledge.run(id)}
            {...labelled(texts.import)}
          />
        ))}
    </div>
  );
}

function Schedule({ knowledge, source }: SourceProps) {
  const isListed = SCHEDULES.some(({ hours }) => hours === source.everyHours);
  return (
    <select
      class="source__schedule"
      aria-label={`${texts.schedule}, ${source.name}`}
      value={source.everyHours ?? 0}
      onChange={({ currentTarget }) => {
        const hours = Number(currentTarget.value);
        void knowledge.schedule(source.id, hours === 0 ? null : hours);
      }}
    >
      {!isListed && <option value={source.everyHours}>{scheduleText(source)}</option>}
      {SCHEDULES.map(({ hours, label }) => (
        <option key={label} value={hours ?? 0}>
          {label}
        </option>
      ))}
    </select>
  );
}
