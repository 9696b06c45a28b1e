/** The language of the console in this browser. */
import { useId } from 'preact/hooks';
import { browserLanguage, LANGUAGES, type Language, storedLanguage, storeLanguage } from '../language.ts';
import { commonTexts as texts } from '../texts/common-texts.ts';

/** Each in its own language, so that those who need it can read it. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

export function LanguageChoice() {
  const id = useId();
  return (
    <span class="language">
      <label for={id}>{texts.language}</label>
      <select
        id={id}
        value={storedLanguage(localStorage) ?? ''}
        onChange={({ currentTarget }) => choose(currentTarget)}
      >
        <option value="">{texts.asBrowser(NAMES[browserLanguage(navigator.languages)])}</option>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {NAMES[language]}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Texts are read when their modules are loaded, so that a change needs a new page. */
function choose({ value }: HTMLSelectElement): void {
  storeLanguage(
    localStorage,
    LANGUAGES.find((language) => language === value),
  );
  location.reload();
}
