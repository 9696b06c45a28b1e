/** What a check of models found, in the words of `npm run doctor`. */
import type { ReportLine } from '@firstword/shared/model-status';
import { modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';

export function CheckLines({ lines }: { lines: readonly ReportLine[] }) {
  return (
    <ul class="check-lines">
      {lines.map(({ level, subject, found, asked, fix }) => (
        <li key={`${subject} ${asked ?? ''}`} class={`check-line check-line--${level}`}>
          <span class="check-line__level">{texts.levels[level]}</span>
          <div>
            <p class="check-line__subject">{subject}</p>
            <p>{found}</p>
            {level === 'fault' && asked !== undefined && <p class="check-line__aside">{texts.asked(asked)}</p>}
            {fix !== undefined && <p>{level === 'fault' ? texts.fix(fix) : fix}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function CheckSummary({ lines }: { lines: readonly ReportLine[] }) {
  const count = (wanted: ReportLine['level']) => lines.filter(({ level }) => level === wanted).length;
  return <>{texts.checked(count('fault'), count('warning'))}</>;
}
