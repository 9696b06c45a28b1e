/** Which test cases an evaluation runs, and what it may cost. */
import { SPENDING_LIMIT_USD } from '@firstword/shared/benchmark-limits';
import type { EvaluationPlan } from '@firstword/shared/evaluation-run';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { CASE_SETS, casesOf } from '../evaluation-view.ts';
import { usdText } from '../figures.ts';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { runTexts } from '../texts/run-texts.ts';
import { NumberField } from './number-field.tsx';

export interface EvaluationFormProps {
  readonly knowledge: KnowledgeController;
  /** Undefined: no model can be asked. */
  readonly plan: EvaluationPlan | undefined;
}

export function EvaluationForm({ knowledge: { cases, evaluations }, plan }: EvaluationFormProps) {
  const id = useId();
  const set = useSignal<(typeof CASE_SETS)[number]>('all');
  const maxUsd = useSignal<number>(SPENDING_LIMIT_USD.usual);
  const saved = cases.response.value?.cases ?? [];
  const results = evaluations.detail.response.value?.results ?? [];
  const chosen = casesOf(set.value, saved, results);
  const isRunning = evaluations.list.response.value?.runs.some(({ state }) => state === 'running') ?? false;
  if (plan === undefined) return <p class="report__empty">{texts.noModel}</p>;
  if (saved.length === 0) return <p class="report__empty">{texts.noCases}</p>;

  const messages = chosen.reduce((sum, { conversation }) => sum + conversation.length, 0);
  const usd = messages * plan.usdPerMessage;
  const notes = [
    texts.estimate(usdText(usd), chosen.length),
    ...(usd > maxUsd.value ? [texts.mayEndEarly] : []),
    ...(plan.priceIsKnown ? [] : [texts.pricesUnknown]),
  ];
  return (
    <form
      class="form benchmark__form"
      onSubmit={(event) => {
        event.preventDefault();
        const caseIds = chosen.map((one) => one.id);
        void evaluations.start({ maxUsd: maxUsd.value, ...(set.value === 'all' ? {} : { caseIds }) });
      }}
    >
      <div class="benchmark__numbers">
        <div class="field">
          <label for={id}>{texts.set}</label>
          <select
            id={id}
            value={set.value}
            onChange={({ currentTarget: { value } }) => {
              set.value = CASE_SETS.find((one) => one === value) ?? 'all';
            }}
          >
            {CASE_SETS.map((one) => (
              <option key={one} value={one}>
                {texts.setSize(texts.sets[one], casesOf(one, saved, results).length)}
              </option>
            ))}
          </select>
        </div>
        <NumberField label={runTexts.maxUsd} value={maxUsd} {...SPENDING_LIMIT_USD} step={0.01} />
      </div>
      <p class="report__quiet" aria-live="polite">
        {notes.join(' ')}
      </p>
      <div class="form__foot">
        <button
          type="submit"
          class="button button--primary"
          disabled={isRunning || evaluations.busy.value || chosen.length === 0}
        >
          {texts.start}
        </button>
      </div>
    </form>
  );
}
