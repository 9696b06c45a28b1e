/** The common frame of the report pages: heading, filters, summary, and the loading and error states. */
import { keysOf } from '@firstword/shared/keys-of';
import type { SiteName } from '@firstword/shared/reports';
import type { ComponentChildren } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { type ReportFilter, SPANS } from '../report-controller.ts';
import type { Resource } from '../resource.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { ReportFailed } from './report-failed.tsx';

export interface ReportFrameProps<Key extends string, Report> {
  readonly title: string;
  readonly resource: Resource<ReportFilter<Key>, Report>;
  readonly keys: Readonly<Record<Key, string>>;
  readonly sites: readonly SiteName[];
  /** Adds "All sites" to the choice of sites. */
  readonly allSites?: boolean;
  readonly sentence: (report: Report) => string;
  readonly children: (report: Report) => ComponentChildren;
}

export function ReportFrame<Key extends string, Report>(props: ReportFrameProps<Key, Report>) {
  const { title, resource, sentence, children } = props;
  const report = resource.response.value;
  useEffect(() => void resource.load(), [resource]);
  return (
    <main class="report" aria-busy={resource.busy.value}>
      <header class="report__head">
        <h1>{title}</h1>
        <ReportFilters {...props} />
      </header>
      {report !== undefined && <p class="report__sentence">{sentence(report)}</p>}
      {resource.failed.value && <ReportFailed text={reportTexts.notRead} onTryAgain={() => resource.load()} />}
      {report === undefined && !resource.failed.value && <p class="report__quiet">{commonTexts.loading}</p>}
      {report !== undefined && children(report)}
    </main>
  );
}

function ReportFilters<Key extends string, Report>({ resource, keys, sites, allSites }: ReportFrameProps<Key, Report>) {
  const { site, days, by } = resource.query.value;
  const names = keysOf(keys);
  return (
    <div class="report__filters">
      {sites.length > 1 && (
        <Select
          label={reportTexts.site}
          value={site ?? (allSites ? '' : (sites[0]?.id ?? ''))}
          choices={[
            ...(allSites ? [{ value: '', label: reportTexts.everySite }] : []),
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChoose={(value) => resource.load({ site: value === '' ? undefined : value })}
        />
      )}
      <Select
        label={reportTexts.period}
        value={String(days)}
        choices={SPANS.map((count) => ({ value: String(count), label: reportTexts.days(count) }))}
        onChoose={(value) => resource.load({ days: SPANS.find((count) => String(count) === value) ?? days })}
      />
      <Select
        label={reportTexts.by}
        value={by}
        choices={names.map((value) => ({ value, label: keys[value] }))}
        onChoose={(value) => resource.load({ by: names.find((name) => name === value) ?? by })}
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
