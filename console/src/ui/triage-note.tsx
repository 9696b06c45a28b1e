/** The triage result, and a menu to correct it. Corrections are counted in the report. */
import { keysOf } from '@firstword/shared/keys-of';
import type { StoredVerdict } from '@firstword/shared/ticket';
import { useId } from 'preact/hooks';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { replyTexts } from '../texts/reply-texts.ts';
import type { Workspace } from '../workspace.ts';

const HANDLINGS = keysOf(analysisTexts.handlings);

export function TriageNote({ workspace, verdict }: { workspace: Workspace; verdict: StoredVerdict }) {
  const id = useId();
  const shown = verdict.correctedTo ?? verdict.handling;
  const reasons = verdict.reasons.map((code) => analysisTexts.triageReasons[code] ?? code);
  const readOnly = workspace.situation.value.readOnly === true;
  return (
    <section class="part part--quiet">
      <h3>{analysisTexts.triage}</h3>
      <p>
        {analysisTexts.triageResult(analysisTexts.handlings[verdict.handling])}
        {reasons.length > 0 && <span class="note__aside"> ({reasons.join(', ')})</span>}
      </p>
      {verdict.correctedTo !== undefined && (
        <p>{analysisTexts.corrected(analysisTexts.handlings[verdict.correctedTo])}</p>
      )}
      <p class="triage">
        <label for={id}>{analysisTexts.correct}</label>
        <select
          id={id}
          value={shown}
          disabled={readOnly}
          title={readOnly ? replyTexts.readOnly : undefined}
          onChange={({ currentTarget }) => {
            const handling = HANDLINGS.find((name) => name === currentTarget.value);
            if (handling !== undefined && handling !== shown)
              void workspace.ticket.act('correct-verdict', { handling });
          }}
        >
          {HANDLINGS.map((handling) => (
            <option key={handling} value={handling}>
              {analysisTexts.handlings[handling]}
            </option>
          ))}
        </select>
      </p>
    </section>
  );
}
