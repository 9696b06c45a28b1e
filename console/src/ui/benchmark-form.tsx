/** What a benchmark measures, how often, and what it may cost. */

import type { BenchmarkCandidate } from '@firstword/shared/benchmark';
import {
  BENCHMARK_AT_ONCE,
  BENCHMARK_QUESTIONS,
  BENCHMARK_WARM_UP,
  SPENDING_LIMIT_USD,
} from '@firstword/shared/benchmark-limits';
import { useSignal } from '@preact/signals';
import { type BenchmarkController, candidateKey } from '../benchmark-controller.ts';
import { usdText } from '../figures.ts';
import { benchmarkTexts as texts } from '../texts/benchmark-texts.ts';
import { tierName } from '../texts/filter-texts.ts';
import { runTexts } from '../texts/run-texts.ts';
import { NumberField } from './number-field.tsx';

export interface BenchmarkFormProps {
  readonly benchmarks: BenchmarkController;
  readonly candidates: readonly BenchmarkCandidate[];
}

export function BenchmarkForm({ benchmarks, candidates }: BenchmarkFormProps) {
  /** Keys of the models that are left out: all are measured at first. */
  const left = useSignal<ReadonlySet<string>>(new Set());
  const questions = useSignal<number>(BENCHMARK_QUESTIONS.usual);
  const atOnce = useSignal<number>(BENCHMARK_AT_ONCE.usual);
  const maxUsd = useSignal<number>(SPENDING_LIMIT_USD.usual);
  const chosen = candidates.filter((candidate) => !left.value.has(candidateKey(candidate)));
  const isRunning = benchmarks.list.response.value?.runs.some(({ state }) => state === 'running') ?? false;
  if (candidates.length === 0) return <p class="report__empty">{texts.noModels}</p>;

  const setChosen = (key: string, isChosen: boolean) => {
    const others = [...left.value].filter((one) => one !== key);
    left.value = new Set(isChosen ? others : [...others, key]);
  };
  return (
    <form
      class="form benchmark__form"
      onSubmit={(event) => {
        event.preventDefault();
        const models = chosen.map(({ modelId, endpointId }) => ({ modelId, endpointId }));
        const asked = { questions: questions.value, atOnce: atOnce.value, maxUsd: maxUsd.value };
        void benchmarks.start({ models, ...asked });
      }}
    >
      <fieldset class="benchmark__models">
        <legend>{texts.models}</legend>
        {candidates.map((candidate) => {
          const key = candidateKey(candidate);
          return (
            <label key={key} class="model-form__check">
              <input
                type="checkbox"
                checked={!left.value.has(key)}
                onChange={({ currentTarget }) => setChosen(key, currentTarget.checked)}
              />
              <span>
                {candidate.modelId} <span class="figures__aside">{candidate.tiers.map(tierName).join(', ')}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
      <div class="benchmark__numbers">
        <NumberField label={texts.questions} value={questions} {...BENCHMARK_QUESTIONS} />
        <NumberField label={texts.atOnce} value={atOnce} {...BENCHMARK_AT_ONCE} />
        <NumberField label={runTexts.maxUsd} value={maxUsd} {...SPENDING_LIMIT_USD} step={0.01} />
      </div>
      <Estimate chosen={chosen} questions={questions.value} maxUsd={maxUsd.value} />
      <div class="form__foot">
        <button
          type="submit"
          class="button button--primary"
          disabled={isRunning || benchmarks.busy.value || chosen.length === 0}
        >
          {texts.start}
        </button>
      </div>
    </form>
  );
}

interface EstimateProps {
  readonly chosen: readonly BenchmarkCandidate[];
  readonly questions: number;
  readonly maxUsd: number;
}

function Estimate({ chosen, questions, maxUsd }: EstimateProps) {
  if (chosen.length === 0) return null;
  const usd = chosen.reduce((sum, { usdPerQuestion }) => sum + usdPerQuestion * (questions + BENCHMARK_WARM_UP), 0);
  const unpriced = chosen.filter(({ priceIsKnown }) => !priceIsKnown).length;
  return (
    <p class="report__quiet" aria-live="polite">
      {texts.estimate(usdText(usd))}
      {usd > maxUsd && ` ${texts.mayEndEarly}`}
      {unpriced > 0 && ` ${texts.pricesUnknown(unpriced)}`}
    </p>
  );
}
