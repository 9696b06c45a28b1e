/** The fields of a site's guidance; `readGuidance` reads them from their form. */
import type { Guidance } from '@firstword/shared/guidance';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { guidanceTexts as texts } from '../texts/guidance-texts.ts';
import { LinesField } from './lines-field.tsx';

/** @param guidance what they begin with */
export function GuidanceFields({ guidance }: { guidance: Guidance }) {
  const id = useId();
  return (
    <>
      <div class="field">
        <label for={`${id}-tone`}>{texts.tone}</label>
        <input
          id={`${id}-tone`}
          name="tone"
          maxLength={300}
          autocomplete="off"
          defaultValue={guidance.tone}
          aria-describedby={`${id}-tone-hint`}
        />
        <p class="field__hint" id={`${id}-tone-hint`}>
          {texts.toneHint}
        </p>
      </div>
      <div class="field">
        <label for={`${id}-words`}>{texts.maxWords}</label>
        <input
          id={`${id}-words`}
          name="max-words"
          type="number"
          min={20}
          max={400}
          required
          defaultValue={`${guidance.maxWords}`}
        />
      </div>
      {(['always', 'never'] as const).map((name) => (
        <LinesField
          key={name}
          name={name}
          rows={4}
          maxLength={6000}
          label={texts[name]}
          hint={texts[`${name}Hint`]}
          defaultValue={guidance[name].join('\n')}
        />
      ))}
      <Snippets snippets={guidance.snippets} />
    </>
  );
}

function Snippets({ snippets }: { snippets: Guidance['snippets'] }) {
  const id = useId();
  /** Keys, so that removing one leaves the text of the others where it is. */
  const rows = useSignal(snippets.map((snippet, key) => ({ key, ...snippet })));
  const next = useSignal(snippets.length);
  return (
    <fieldset class="snippets" aria-describedby={`${id}-hint`}>
      <legend>{texts.snippets}</legend>
      <p class="field__hint" id={`${id}-hint`}>
        {texts.snippetsHint}
      </p>
      {rows.value.map(({ key, title, text }, at) => (
        <fieldset key={key} class="snippet">
          <legend class="visually-hidden">{texts.snippet(at + 1)}</legend>
          <div class="field">
            <label for={`${id}-${key}-title`}>{texts.snippetTitle}</label>
            <input
              id={`${id}-${key}-title`}
              name="snippet-title"
              required
              maxLength={120}
              autocomplete="off"
              defaultValue={title}
            />
          </div>
          <div class="field">
            <label for={`${id}-${key}-text`}>{texts.snippetText}</label>
            <textarea
              id={`${id}-${key}-text`}
              name="snippet-text"
              required
              rows={3}
              maxLength={1000}
              defaultValue={text}
            />
          </div>
          <button
            type="button"
            class="button button--quiet"
            aria-label={`${texts.removeSnippet}, ${texts.snippet(at + 1)}`}
            onClick={() => {
              rows.value = rows.value.filter((row) => row.key !== key);
            }}
          >
            {texts.removeSnippet}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        class="button button--plain"
        disabled={rows.value.length >= 50}
        onClick={() => {
          rows.value = [...rows.value, { key: next.value, title: '', text: '' }];
          next.value += 1;
        }}
      >
        {texts.addSnippet}
      </button>
    </fieldset>
  );
}
