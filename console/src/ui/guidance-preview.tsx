/** Asks the model one question with the guidance that is being edited. */
import type { Guidance } from '@firstword/shared/guidance';
import { useId } from 'preact/hooks';
import type { GuidanceController } from '../guidance-controller.ts';
import { guidanceTexts as texts } from '../texts/guidance-texts.ts';
import { fieldText } from './field.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { ReportFailed } from './report-failed.tsx';
import { SafeLink } from './safe-link.tsx';

export interface GuidancePreviewProps {
  readonly guidance: GuidanceController;
  /** What is asked, and what it costs. */
  readonly hint?: string;
  /** What the form says now. */
  readonly read: () => Guidance | null;
}

export function GuidancePreview({ guidance: { preview }, hint = texts.previewHint, read }: GuidancePreviewProps) {
  const id = useId();
  const shown = preview.response.value;
  const ask = (question: string) => {
    const guidance = read();
    preview.clear();
    if (guidance !== null && question !== '') void preview.load({ guidance, question });
  };
  return (
    <div class="preview">
      <h3>{texts.preview}</h3>
      <p class="report__quiet">{hint}</p>
      <form
        class="trial"
        onSubmit={(event) => {
          event.preventDefault();
          ask(fieldText(new FormData(event.currentTarget), 'question').trim());
        }}
      >
        <label class="visually-hidden" for={id}>
          {texts.question}
        </label>
        <input id={id} name="question" maxLength={1000} autocomplete="off" placeholder={texts.question} required />
        <button type="submit" class="button button--plain" disabled={preview.busy.value}>
          {texts.ask}
        </button>
      </form>
      {preview.failed.value && (
        <ReportFailed text={texts.previewFailed} onTryAgain={() => ask(preview.query.value.question)} />
      )}
      <div role="status">
        {shown !== undefined && (
          <>
            <p class={`trial__coverage trial__coverage--${shown.coverage}`}>
              {shown.handsOff ? texts.handsOff : texts.coverages[shown.coverage]}
            </p>
            <div class="preview__answer">
              <MarkdownText text={shown.answer} span={undefined} />
              {shown.sources.length > 0 && (
                <ol class="preview__sources">
                  {shown.sources.map(({ n, title, url }) => (
                    <li key={n} value={n}>
                      {url === '' ? title : <SafeLink url={url}>{title}</SafeLink>}
                    </li>
                  ))}
                </ol>
              )}
              {shown.unsupported.length > 0 && (
                <div class="preview__unsupported">
                  <p>{texts.unsupported}</p>
                  <ul>
                    {shown.unsupported.map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                </div>
              )}
            </div>
          </>
        )}
      </div>
    </div>
  );
}
