/** The Audit log page: who did what, when and from where, with a filter and exports. */
import { keysOf } from '@firstword/shared/keys-of';
import { useEffect, useId, useState } from 'preact/hooks';
import { basePath } from '../base-path.ts';
import { actorText, auditTexts, changeText, targetText } from '../texts/audit-texts.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { momentText } from '../times.ts';
import type { Workspace } from '../workspace.ts';
import { FigureTable } from './figure-table.tsx';
import { ReportFailed } from './report-failed.tsx';

/** As many as the server allows. */
const EXPORT_MAX = '10000';

export function AuditPage({ workspace }: { workspace: Workspace }) {
  const { audit } = workspace;
  const [action, setAction] = useState('');
  const id = useId();
  const load = () => audit.load({ action });
  useEffect(() => void load(), [audit, action]);
  const pages = audit.pages.value;
  const entries = pages?.flat();
  return (
    <main class="report" aria-busy={audit.busy.value}>
      <header class="report__head">
        <h1>{auditTexts.title}</h1>
        <div class="report__filters">
          <span class="report__choice">
            <label for={id}>{auditTexts.action}</label>
            <select id={id} value={action} onChange={({ currentTarget }) => setAction(currentTarget.value)}>
              <option value="">{auditTexts.everyAction}</option>
              {keysOf(auditTexts.actions).map((each) => (
                <option key={each} value={each}>
                  {auditTexts.actions[each]}
                </option>
              ))}
            </select>
          </span>
        </div>
      </header>
      <p class="report__quiet">{auditTexts.hint}</p>
      {audit.failure.value !== undefined && <ReportFailed text={auditTexts.notRead} onTryAgain={load} />}
      {entries === undefined && audit.failure.value === undefined && <p class="report__quiet">{commonTexts.loading}</p>}
      {entries?.length === 0 && <p class="report__empty">{auditTexts.empty}</p>}
      {entries !== undefined && entries.length > 0 && (
        <section class="report__part">
          <FigureTable
            texts
            caption={auditTexts.title}
            columns={auditTexts.columns}
            rows={entries.map((entry) => ({
              key: entry.id,
              name: <span class="figures__whole">{momentText(entry.at)}</span>,
              cells: [
                auditTexts.actions[entry.action],
                actorText(entry.actor),
                targetText(entry.target),
                changeText(entry),
                entry.address ?? '–',
              ],
            }))}
          />
          {!audit.complete.value && (
            <button
              type="button"
              class="button button--plain audit__more"
              disabled={audit.busy.value}
              onClick={() => audit.more()}
            >
              {auditTexts.more}
            </button>
          )}
          <p class="audit__exports">
            <a href={exportHref('csv', action)} download="audit-log.csv">
              {auditTexts.asCsv}
            </a>
            <a href={exportHref('jsonl', action)} download="audit-log.jsonl">
              {auditTexts.asJsonl}
            </a>
          </p>
        </section>
      )}
    </main>
  );
}

function exportHref(format: 'csv' | 'jsonl', action: string): string {
  const query = new URLSearchParams({ format, limit: EXPORT_MAX, ...(action === '' ? {} : { action }) });
  return `${basePath}/api/v1/audit?${query}`;
}
