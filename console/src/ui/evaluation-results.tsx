/** The cases of an evaluation: what failed and why, the answers, and what changed since another run. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { EvaluationController } from '../evaluation-controller.ts';
import {
  type ChangedResult,
  changedResults,
  filterResults,
  RESULT_FILTERS,
  type ResultFilter,
} from '../evaluation-view.ts';
import { durationText } from '../figures.ts';
import { faultSentence, evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { MarkdownText } from './markdown-text.tsx';
import { ReportFailed } from './report-failed.tsx';

export function EvaluationResults({ evaluations }: { evaluations: EvaluationController }) {
  const id = useId();
  const filter = useSignal<ResultFilter>('all');
  const { detail, comparedDetail } = evaluations;
  const [shown, compared] = [evaluations.shown.value, evaluations.compared.value];
  useEffect(() => {
    if (shown !== undefined) void detail.load({ id: shown.id });
  }, [detail, shown?.id, shown?.judged, shown?.state]);
  useEffect(() => {
    if (compared !== undefined) void comparedDetail.load({ id: compared.id });
  }, [comparedDetail, compared?.id]);
  const ofRun = (resource: typeof detail, run: typeof shown) =>
    resource.response.value?.id === run?.id ? resource.response.value?.results : undefined;
  const results = ofRun(detail, shown);
  if (detail.failed.value) return <ReportFailed text={texts.resultsNotRead} onTryAgain={() => detail.load()} />;
  if (results === undefined || results.length === 0) return null;

  const changed = changedResults(results, (compared && ofRun(comparedDetail, compared)) ?? []);
  const listed = filterResults(changed, filter.value);
  return (
    <>
      <p class="evaluation__filter">
        <label for={id}>{texts.show}</label>{' '}
        <select
          id={id}
          value={filter.value}
          onChange={({ currentTarget: { value } }) => {
            filter.value = RESULT_FILTERS.find((one) => one === value) ?? 'all';
          }}
        >
          {RESULT_FILTERS.map((one) => (
            <option key={one} value={one}>
              {texts.setSize(texts.filters[one], filterResults(changed, one).length)}
            </option>
          ))}
        </select>
      </p>
      {listed.length === 0 && <p class="report__empty">{texts.noResults}</p>}
      <ul class="gaps" aria-label={texts.results}>
        {listed.map((result) => (
          <Result key={result.id} result={result} />
        ))}
      </ul>
    </>
  );
}

function Result({ result }: { result: ChangedResult }) {
  const { conversation, kind, faults, change, unsupported, text, citedIds, found, serverTtftMs } = result;
  const question = conversation.at(-1) ?? '';
  const state = faults.length === 0 ? 'pass' : 'fail';
  return (
    <li class="evaluation-result">
      <p class="gap__question" dir="auto">
        {question}
      </p>
      <p class="gap__count gap__count--below">
        <span class={`evaluation-result__state evaluation-result__state--${state}`}>{texts[state]}</span>
        {[
          ...(change === undefined ? [] : [texts.filters[change]]),
          texts.outcomes[kind],
          ...(serverTtftMs === undefined ? [] : [`TTFT ${durationText(serverTtftMs)}`]),
        ].map((part) => ` · ${part}`)}
      </p>
      {faults.length > 0 && (
        <ul class="evaluation-result__faults">
          {faults
            .map((found) => faultSentence(found, kind))
            .map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
        </ul>
      )}
      <details>
        <summary aria-label={texts.answerOf(question)}>{texts.answer}</summary>
        <div class="preview__answer">
          <MarkdownText text={text} span={undefined} />
        </div>
        <Texts label={texts.earlier} list={conversation.slice(0, -1)} />
        <Texts
          label={texts.found}
          list={found.map(({ id, title }) => (citedIds.includes(id) ? texts.cited(title) : title))}
          none={texts.nothingFound}
        />
        <Texts label={texts.unsupported} list={unsupported} />
      </details>
    </li>
  );
}

function Texts({ label, list, none }: { label: string; list: readonly string[]; none?: string }) {
  const shown = list.length === 0 && none !== undefined ? [none] : list;
  if (shown.length === 0) return null;
  return (
    <>
      <p class="evaluation-result__label">{label}</p>
      <ul>
        {shown.map((text, index) => (
          <li key={index} dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}
