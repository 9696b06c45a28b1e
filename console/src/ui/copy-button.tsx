/** Copies a text, and says so. Over plain http browsers have no clipboard for pages: the text can then be copied by hand. */
import { useSignal } from '@preact/signals';
import { teamTexts as texts } from '../texts/team-texts.ts';

export function CopyButton({ text }: { text: string }) {
  const copied = useSignal<string | undefined>(undefined);
  return (
    <button
      type="button"
      class="button button--plain"
      onClick={async () => {
        if (await copy(text)) copied.value = text;
      }}
    >
      {copied.value === text ? texts.copied : texts.copy}
    </button>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
