/** Says that a report couldn't be loaded, with a button to try again. */
import { commonTexts } from '../texts/common-texts.ts';

export function ReportFailed({ text, onTryAgain }: { text: string; onTryAgain: () => unknown }) {
  return (
    <p class="report__failed" role="alert">
      {text}{' '}
      <button type="button" class="link" onClick={onTryAgain}>
        {commonTexts.tryAgain}
      </button>
    </p>
  );
}
