/** Which background run is shown, and with which other one it is compared. */
import { runTexts as texts } from '../texts/run-texts.ts';
import { momentText } from '../times.ts';

export interface ChosenRun {
  readonly id: string;
  readonly startedAt: number;
  readonly by: string;
}

interface RunChoiceProps {
  readonly runs: readonly ChosenRun[];
  readonly shown: ChosenRun;
  readonly compared: ChosenRun | undefined;
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string | undefined) => void;
}

export function RunChoice({ runs, shown, compared, onShow, onCompare }: RunChoiceProps) {
  if (runs.length < 2) return null;
  const name = ({ startedAt, by }: ChosenRun) => `${momentText(startedAt)}, ${by}`;
  return (
    <div class="benchmark__choice">
      <label>
        {texts.run}{' '}
        <select value={shown.id} onChange={({ currentTarget }) => onShow(currentTarget.value)}>
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {name(run)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.compareWith}{' '}
        <select
          value={compared?.id ?? ''}
          onChange={({ currentTarget: { value } }) => onCompare(value === '' ? undefined : value)}
        >
          <option value="">{texts.noOther}</option>
          {runs
            .filter(({ id }) => id !== shown.id)
            .map((run) => (
              <option key={run.id} value={run.id}>
                {name(run)}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}
