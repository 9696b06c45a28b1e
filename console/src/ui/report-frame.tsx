/** The common frame of the report pages: heading, filters, summary, and the loading and error states. */
import type { SiteName } from '@firstword/shared/reports';
import type { ComponentChildren } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { keysOf } from '../keys-of.ts';
import { type ReportFilter, SPANS } from '../report-controller.ts';
import type { Resource } from '../resource.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { ReportFailed } from './report-failed.tsx';

export interface ReportFrameProps<Key extends string, Answer> {
  readonly title: string;
  readonly resource: Resource<ReportFilter<Key>, Answer>;
  readonly keys: Readonly<Record<Key, string>>;
  readonly sites: readonly SiteName[];
  /** Adds "All sites" to the choice of sites. */
  readonly allSites?: boolean;
  readonly sentence: (answer: Answer) => string;
  readonly children: (answer: Answer) => ComponentChildren;
}

export function ReportFrame<Key extends string, Answer>(props: ReportFrameProps<Key, Answer>) {
  const { title, resource, sentence, children } = props;
  const answer = resource.answer.value;
  useEffect(() => void resource.ask(), [resource]);
  return (
    <main class="report" aria-busy={resource.busy.value}>
      <header class="report__head">
        <h1>{title}</h1>
        <ReportFilters {...props} />
      </header>
      {answer !== undefined && <p class="report__sentence">{sentence(answer)}</p>}
      {resource.failed.value && <ReportFailed text={reportTexts.notRead} onTryAgain={() => resource.ask()} />}
      {answer === undefined && !resource.failed.value && <p class="report__quiet">{commonTexts.loading}</p>}
      {answer !== undefined && children(answer)}
    </main>
  );
}

function ReportFilters<Key extends string, Answer>({ resource, keys, sites, allSites }: ReportFrameProps<Key, Answer>) {
  const { site, days, by } = resource.question.value;
  const names = keysOf(keys);
  return (
    <div class="report__asking">
      {sites.length > 1 && (
        <Select
          label={reportTexts.site}
          value={site ?? (allSites ? '' : (sites[0]?.id ?? ''))}
          choices={[
            ...(allSites ? [{ value: '', label: reportTexts.everySite }] : []),
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChoose={(value) => resource.ask({ site: value === '' ? undefined : value })}
        />
      )}
      <Select
        label={reportTexts.period}
        value={String(days)}
        choices={SPANS.map((count) => ({ value: String(count), label: reportTexts.days(count) }))}
        onChoose={(value) => resource.ask({ days: SPANS.find((count) => String(count) === value) ?? days })}
      />
      <Select
        label={reportTexts.by}
        value={by}
        choices={names.map((value) => ({ value, label: keys[value] }))}
        onChoose={(value) => resource.ask({ by: names.find((name) => name === value) ?? by })}
      />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

function Select({ label, value, choices, onChoose }: SelectProps) {
  const id = useId();
  return (
    <span class="report__choice">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}
