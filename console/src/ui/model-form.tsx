/** The form that connects an endpoint: its address, its key, and the models of each tier. */
import { TIERS } from '@firstword/shared/catalog';
import { useId } from 'preact/hooks';
import type { ModelsController } from '../models-controller.ts';
import { keyHint, modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';
import { CheckLines, CheckSummary } from './check-lines.tsx';
import { ModelPrices } from './model-prices.tsx';
import { TextSetting } from './text-setting.tsx';

export function ModelForm({ models }: { models: ModelsController }) {
  const id = useId();
  const draft = models.draft.value;
  const view = models.view.response.value;
  if (draft === undefined || view === undefined) return null;
  const { fixed } = view;
  const isBusy = models.busy.value;
  const check = models.check.value?.of === 'draft' ? models.check.value : undefined;
  const endpointSetBy = fixed['endpoint'];
  const headers = Object.entries({ ...texts.headers, [draft.apiKeyHeader]: headerName(draft.apiKeyHeader) });
  return (
    <form
      class="settings-form model-form"
      aria-label={texts.form}
      onSubmit={(event) => {
        event.preventDefault();
        void models.save();
      }}
    >
      <TextSetting
        label={texts.baseUrl}
        value={draft.baseUrl}
        hint={texts.baseUrlHint}
        setBy={endpointSetBy}
        isRequired
        onEdit={(baseUrl) => models.edit({ baseUrl })}
      />
      <TextSetting
        label={texts.apiKey}
        type="password"
        value={draft.apiKey}
        hint={keyHint(view)}
        setBy={endpointSetBy}
        onEdit={(apiKey) => models.edit({ apiKey })}
      />
      {view.key === 'set' && endpointSetBy === undefined && (
        <label class="model-form__check">
          <input
            type="checkbox"
            checked={draft.removesKey}
            onChange={({ currentTarget }) => models.edit({ removesKey: currentTarget.checked })}
          />
          {texts.removeKey}
        </label>
      )}
      {endpointSetBy === undefined && (
        <div class="field">
          <label for={`${id}-header`}>{texts.apiKeyHeader}</label>
          <select
            id={`${id}-header`}
            value={draft.apiKeyHeader}
            onChange={({ currentTarget }) => models.edit({ apiKeyHeader: currentTarget.value })}
          >
            {headers.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      {TIERS.map((tier) => (
        <TextSetting
          key={tier}
          label={texts.tiers[tier]}
          value={draft.chains[tier]}
          hint={texts.tierHints[tier]}
          setBy={fixed[tier]}
          onEdit={(text) => models.edit({ chains: { ...draft.chains, [tier]: text } })}
        />
      ))}
      <ModelPrices draft={draft} onEdit={(prices) => models.edit({ prices })} />
      <label class="model-form__check">
        <input
          type="checkbox"
          checked={draft.allowOutsideLimits}
          aria-describedby={`${id}-outside`}
          onChange={({ currentTarget }) => models.edit({ allowOutsideLimits: currentTarget.checked })}
        />
        {texts.allowOutside}
      </label>
      <p class="field__hint model-form__hint" id={`${id}-outside`}>
        {texts.allowOutsideHint}
      </p>
      <p class="report__failed model-form__failed" role="alert">
        {models.notice.value?.kind === 'failed' && models.notice.value.text}
      </p>
      <p role="status">
        {check?.isRunning && texts.checking(check.lines.length, check.total)}
        {check && !check.isRunning && <CheckSummary lines={check.lines} />}
        {models.notice.value?.kind === 'done' && models.notice.value.text}
      </p>
      {check && <CheckLines lines={check.lines} />}
      <div class="form-foot">
        <button
          type="button"
          class="button button--plain"
          disabled={isBusy || models.check.value?.isRunning}
          onClick={() => void models.checkModels('draft')}
        >
          {texts.check}
        </button>
        <button type="submit" class="button button--primary" disabled={isBusy}>
          {texts.save}
        </button>
      </div>
    </form>
  );
}

function headerName(name: string): string {
  const known: Readonly<Record<string, string>> = texts.headers;
  return known[name] ?? name;
}
