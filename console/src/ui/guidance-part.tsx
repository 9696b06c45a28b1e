/** A site's guidance for answers: a form, a preview of what is being edited, and earlier versions. */
import type { GuidanceView } from '@firstword/shared/guidance';
import { useRef } from 'preact/hooks';
import type { GuidanceController } from '../guidance-controller.ts';
import { guidanceTexts as texts } from '../texts/guidance-texts.ts';
import { GuidanceForm } from './guidance-form.tsx';
import { GuidancePreview } from './guidance-preview.tsx';
import { readGuidance } from './read-guidance.ts';
import { ReportFailed } from './report-failed.tsx';
import { VersionItem } from './version-item.tsx';

export function GuidancePart({ guidance }: { guidance: GuidanceController }) {
  const form = useRef<HTMLFormElement>(null);
  const view = guidance.view.response.value;
  return (
    <section class="report__part" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p class="report__quiet">{texts.hint}</p>
      {guidance.view.failed.value && <ReportFailed text={texts.failed} onTryAgain={() => guidance.view.load()} />}
      {view !== undefined && (
        <>
          <GuidanceForm
            key={view.version}
            formRef={form}
            guidance={view.guidance}
            saving={guidance.saving.value}
            notice={guidance.notice.value}
            onSave={(changed) => void guidance.save(changed)}
          />
          <GuidancePreview guidance={guidance} read={() => form.current && readGuidance(form.current)} />
          <Versions guidance={guidance} view={view} />
        </>
      )}
    </section>
  );
}

function Versions({ guidance, view: { versions } }: { guidance: GuidanceController; view: GuidanceView }) {
  const [current] = versions;
  if (current === undefined || versions.length === 1) return null;
  return (
    <details>
      <summary>{texts.versions}</summary>
      <ul class="versions">
        {versions.map((version) => (
          <VersionItem
            key={version.number}
            version={version}
            of={texts.title}
            isCurrent={version.number === current.number}
            isBusy={guidance.saving.value}
            onRollBack={() => void guidance.rollBack(version.number)}
          />
        ))}
      </ul>
    </details>
  );
}
