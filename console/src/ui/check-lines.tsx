/** What a check of models found. */
import type { ModelCheckLine } from '@firstword/shared/model-settings';
import { checkWords } from '../texts/check-texts.ts';
import { modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';

export function CheckLines({ lines }: { lines: readonly ModelCheckLine[] }) {
  return (
    <ul class="check-lines">
      {lines.map((line) => (
        <CheckLine key={`${line.subject} ${line.asked ?? ''}`} line={line} />
      ))}
    </ul>
  );
}

function CheckLine({ line }: { line: ModelCheckLine }) {
  const { level } = line;
  const { subject, found, asked, fix } = checkWords(line);
  return (
    <li class={`check-line check-line--${level}`}>
      <span class="check-line__level">{texts.levels[level]}</span>
      <div>
        <p class="check-line__subject">{subject}</p>
        <p>{found}</p>
        {level === 'fault' && asked !== undefined && <p class="check-line__aside">{texts.asked(asked)}</p>}
        {fix !== undefined && <p>{level === 'fault' ? texts.fix(fix) : fix}</p>}
      </div>
    </li>
  );
}

export function CheckSummary({ lines }: { lines: readonly ModelCheckLine[] }) {
  const count = (wanted: ModelCheckLine['level']) => lines.filter(({ level }) => level === wanted).length;
  return <>{texts.checked(count('fault'), count('warning'))}</>;
}
