/** Says that something could not be loaded, and tries again on request. */
import { useTexts } from '../texts.ts';
import { useExtraTexts } from './extra-texts.ts';

export function LoadFailed({ onRetry }: { onRetry: () => void }) {
  const { loadFailed } = useExtraTexts();
  const { retry } = useTexts();
  return (
    <p class="note note--bad" role="alert">
      {loadFailed}
      <button type="button" class="link" onClick={onRetry}>
        {retry}
      </button>
    </p>
  );
}
