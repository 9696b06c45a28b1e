/** The fields that filter a list. */
import { keysOf } from '@firstword/shared/keys-of';
import type { SiteName } from '@firstword/shared/reports';
import { languageNames } from '../language-name.ts';
import type { TraitChoice } from '../list-filter.ts';
import { filterTexts as texts } from '../texts/filter-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';

export interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: Readonly<Record<string, string>>;
  readonly onChoose: (value: string) => void;
}

export function Choice({ label, value = '', choices, onChoose }: ChoiceProps) {
  return (
    <label class="filters__item">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        <option value="">{texts.any}</option>
        {keysOf(choices).map((key) => (
          <option key={key} value={key}>
            {choices[key]}
          </option>
        ))}
        {value !== '' && !(value in choices) && <option value={value}>{value}</option>}
      </select>
    </label>
  );
}

interface SiteChoiceProps {
  readonly sites: readonly SiteName[];
  readonly value: string | undefined;
  readonly onChoose: (value: string) => void;
}

/** Nothing where there is only one site. */
export function SiteChoice({ sites, value, onChoose }: SiteChoiceProps) {
  if (sites.length < 2 && value === undefined) return null;
  const choices = Object.fromEntries(sites.map(({ id, name }) => [id, name]));
  return <Choice label={texts.names.site} value={value} choices={choices} onChoose={onChoose} />;
}

interface TextFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly hint?: string;
  readonly maxLength: number;
  readonly onChoose: (value: string) => void;
}

/** Applied when the field is left, or with Enter. */
export function TextFilter({ label, value = '', hint, maxLength, onChoose }: TextFilterProps) {
  return (
    <label class="filters__item">
      <span>{label}</span>
      <input
        type="text"
        value={value}
        placeholder={hint ?? ''}
        maxLength={maxLength}
        autocomplete="off"
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      />
    </label>
  );
}

export type TraitChange = { readonly [Name in keyof TraitChoice]?: string | undefined };

/** What both lists are filtered by. */
export function TraitFields({ filter, change }: { filter: TraitChoice; change: (change: TraitChange) => void }) {
  const { names, marks } = texts;
  return (
    <>
      <Choice
        label={names.reason}
        value={filter.reason}
        choices={ticketTexts.reasons}
        onChoose={(reason) => change({ reason })}
      />
      <Choice
        label={names.rated}
        value={filter.rated}
        choices={texts.ratings}
        onChoose={(rated) => change({ rated })}
      />
      <Choice
        label={names.language}
        value={filter.language}
        choices={languageNames()}
        onChoose={(language) => change({ language })}
      />
      <Choice label={names.tier} value={filter.tier} choices={texts.tiers} onChoose={(tier) => change({ tier })} />
      <TextFilter
        label={names.topic}
        value={filter.topic}
        hint={texts.topicHint}
        maxLength={80}
        onChoose={(topic) => change({ topic })}
      />
      <fieldset class="filters__marks">
        <legend>{names.marks}</legend>
        {keysOf(marks).map((mark) => (
          <label key={mark}>
            <input
              type="checkbox"
              checked={filter[mark] === 'yes'}
              onChange={({ currentTarget }) => change({ [mark]: currentTarget.checked ? 'yes' : undefined })}
            />
            {marks[mark]}
          </label>
        ))}
      </fieldset>
    </>
  );
}
