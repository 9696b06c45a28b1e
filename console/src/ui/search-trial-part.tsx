/** A trial of the search: which passages the assistant would get for a question, and why. */
import { useId } from 'preact/hooks';
import type { KnowledgeController } from '../knowledge-controller.ts';
import { decimalText } from '../numbers.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import { AlsoIn } from './also-in.tsx';
import { fieldText } from './field.tsx';
import { ReportFailed } from './report-failed.tsx';
import { SafeLink } from './safe-link.tsx';

export function SearchTrialPart({ knowledge: { trial, articles } }: { knowledge: KnowledgeController }) {
  const id = useId();
  const found = trial.response.value;
  return (
    <section class="report__part" aria-label={texts.trial}>
      <h2>{texts.trial}</h2>
      <p class="report__quiet">{texts.trialHint}</p>
      <form
        class="trial"
        onSubmit={(event) => {
          event.preventDefault();
          const question = fieldText(new FormData(event.currentTarget), 'question').trim();
          if (question !== '') void trial.load({ question });
        }}
      >
        <label class="visually-hidden" for={id}>
          {texts.question}
        </label>
        <input id={id} name="question" maxLength={1000} autocomplete="off" placeholder={texts.question} required />
        <button type="submit" class="button button--plain" disabled={trial.busy.value}>
          {texts.search}
        </button>
      </form>
      {trial.failed.value && <ReportFailed text={texts.trialFailed} onTryAgain={() => trial.load()} />}
      {found !== undefined && (
        <div role="status">
          <p class={`trial__coverage trial__coverage--${found.coverage}`}>{texts.coverages[found.coverage]}</p>
          {found.passages.length === 0 && <p class="report__empty">{texts.trialEmpty}</p>}
        </div>
      )}
      {found !== undefined && found.passages.length > 0 && (
        <ol class="passages">
          {found.passages.map(({ articleId, title, heading, url, text, score, matched, alsoIn }) => (
            <li key={articleId} class="passage">
              <p class="passage__title">
                {url === '' ? title : <SafeLink url={url}>{title}</SafeLink>}
                {heading !== '' && <span class="passage__heading">{heading}</span>}
              </p>
              <p class="passage__why">
                <span>{texts.score(decimalText(score, 3))}</span>
                {matched.length > 0 && (
                  <span>
                    {`${texts.matched}: `}
                    {matched.map((word) => (
                      <mark key={word}>{word}</mark>
                    ))}
                  </span>
                )}
              </p>
              <AlsoIn articles={alsoIn} onOpen={articles.edit} />
              <p class="passage__text">{text}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
