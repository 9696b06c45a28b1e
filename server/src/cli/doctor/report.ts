/** The doctor's report: what was checked, and how it is printed. */
import type { ReportLine } from '@firstword/shared/model-status';
import { writeReportLine } from '../../models/model-report.ts';

export const AREAS = [
  'configuration',
  'redis',
  'database',
  'clock',
  'articles',
  'mail',
  'sites',
  'certificates',
  'models',
] as const;
export type Area = (typeof AREAS)[number];

export interface Finding extends ReportLine {
  readonly area: Area;
}

export interface DoctorReport {
  /** No fault was found; there may be warnings. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

const TITLES: Readonly<Record<Area, string>> = {
  configuration: 'Configuration',
  redis: 'Redis',
  database: 'Database',
  clock: 'Clock',
  articles: 'Articles',
  mail: 'Mail',
  sites: 'Sites',
  certificates: 'Certificates',
  models: 'Models, by one short call to each',
};

export function createReport(findings: readonly Finding[]): DoctorReport {
  return { ok: findings.every(({ level }) => level !== 'fault'), findings };
}

export function writeReport({ findings }: DoctorReport): string {
  const count = (wanted: string) => findings.filter(({ level }) => level === wanted).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  return [
    ...AREAS.flatMap((area) => {
      const found = findings.filter((finding) => finding.area === area);
      return found.length === 0 ? [] : [TITLES[area], ...found.map(writeReportLine)];
    }),
    '',
    faults > 0
      ? `${faults} ${faults === 1 ? 'fault' : 'faults'} found.`
      : warnings > 0
        ? `No fault. ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`
        : 'Everything works.',
  ].join('\n');
}
