/** The content of an analysis: summary, possible causes, missing information, policies and next steps. */
import type { AnalysisRun, CheckedEvidence } from '@firstword/shared/analysis';
import { languageName } from '../language-name.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { Hypothesis } from './hypothesis.tsx';
import { Icon } from './icons.tsx';
import { NextActions } from './next-actions.tsx';
import { Part } from './part.tsx';
import { SafeLink } from './safe-link.tsx';

export interface AnalysisNoteProps {
  readonly content: NonNullable<AnalysisRun['content']>;
  readonly onJump: (evidence: CheckedEvidence) => void;
}

export function AnalysisNote({ content, onJump }: AnalysisNoteProps) {
  const { reading, hypotheses, evidence, policy, missingInfo, blocker, nextActions, confidence, flags, dropped } =
    content;
  const trend = analysisTexts.trends[reading.trend];
  return (
    <div class="note">
      {flags.includes('injection-suspected') && (
        <p class="run-state run-state--failed">
          <Icon name="warning" size={16} />
          <span>{analysisTexts.flags['injection-suspected']}</span>
        </p>
      )}
      <p class="note__summary">{reading.summary}</p>
      <ul class="note__tags">
        <li>{reading.category}</li>
        <li>
          {trend === ''
            ? analysisTexts.sentiments[reading.sentiment]
            : `${analysisTexts.sentiments[reading.sentiment]}, ${trend}`}
        </li>
        <li>{languageName(reading.language)}</li>
        {flags.includes('personal-data') && <li>{analysisTexts.flags['personal-data']}</li>}
        {flags.includes('masked') && <li>{analysisTexts.flags.masked}</li>}
      </ul>
      {reading.urgencyReason !== '' && (
        <p class={`note__urgency urgent urgent--${reading.urgency}`}>
          {ticketTexts.urgency(reading.urgency)}: {reading.urgencyReason}
        </p>
      )}
      <Part title={analysisTexts.visitorGoal} hidden={reading.visitorGoal === ''}>
        <p>{reading.visitorGoal}</p>
      </Part>
      <Part title={analysisTexts.hypotheses} hidden={hypotheses.length === 0}>
        <ol class="hypotheses">
          {hypotheses.map((hypothesis) => (
            <Hypothesis
              key={hypothesis.statement}
              hypothesis={hypothesis}
              evidence={evidence.filter(({ id }) => hypothesis.evidence.includes(id))}
              policy={policy}
              onJump={onJump}
            />
          ))}
        </ol>
      </Part>
      <Part title={analysisTexts.missing} hidden={missingInfo.length === 0 && blocker === undefined}>
        <ul class="note__list">
          {missingInfo.map(({ question, why }) => (
            <li key={question}>
              {question}
              {why !== '' && <span class="note__aside"> {why}</span>}
            </li>
          ))}
          {blocker !== undefined && (
            <li>
              <strong>{analysisTexts.blocker}:</strong> {blocker}
            </li>
          )}
        </ul>
      </Part>
      <Part title={analysisTexts.policy} hidden={policy.length === 0}>
        <ul class="note__list">
          {policy.map(({ passageId, title, url }) => (
            <li key={passageId}>
              <SafeLink url={url}>{title}</SafeLink>
            </li>
          ))}
        </ul>
      </Part>
      <NextActions actions={nextActions} />
      <Part title={analysisTexts.alreadySaid} hidden={content.alreadySaid === ''}>
        <p class="note__said">{content.alreadySaid}</p>
      </Part>
      <Part title={analysisTexts.confidenceTitle} hidden={false}>
        <p>
          <strong class={`band band--${confidence.band}`}>{analysisTexts.confidence[confidence.band]}.</strong>{' '}
          {confidence.reasons.join(' ')}
        </p>
        {dropped.length > 0 && <p class="note__aside">{analysisTexts.dropped(dropped)}</p>}
      </Part>
    </div>
  );
}
