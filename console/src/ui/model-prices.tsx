/** The prices of models that the catalog does not have. */
import { type ModelDraft, unpricedModels } from '../model-draft.ts';
import { modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';

export interface ModelPricesProps {
  readonly draft: ModelDraft;
  readonly onEdit: (prices: ModelDraft['prices']) => void;
}

export function ModelPrices({ draft, onEdit }: ModelPricesProps) {
  const unpriced = unpricedModels(draft);
  if (unpriced.length === 0) return null;
  return (
    <fieldset class="model-prices">
      <legend>{texts.prices}</legend>
      <p class="field__hint">{texts.pricesHint}</p>
      {unpriced.map((model) => {
        const prices = draft.prices[model] ?? { input: '', output: '' };
        return (
          <div key={model} class="model-prices__line">
            <span class="model-prices__model">{model}</span>
            {(['input', 'output'] as const).map((part) => (
              <input
                key={part}
                type="text"
                inputMode="decimal"
                autocomplete="off"
                placeholder={texts[part]}
                aria-label={texts[`${part}Price`](model)}
                value={prices[part]}
                onInput={({ currentTarget }) =>
                  onEdit({ ...draft.prices, [model]: { ...prices, [part]: currentTarget.value } })
                }
              />
            ))}
          </div>
        );
      })}
    </fieldset>
  );
}
