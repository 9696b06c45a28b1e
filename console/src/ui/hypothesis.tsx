/** A possible cause with its evidence. A quote that isn't in its source is shown as such and isn't linked. */
import type { AnalysisRun, CheckedEvidence } from '@firstword/shared/analysis';
import { likelihoodText } from '../figures.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { Icon } from './icons.tsx';
import { SafeLink } from './safe-link.tsx';

type Content = NonNullable<AnalysisRun['content']>;

export interface HypothesisProps {
  readonly hypothesis: Content['hypotheses'][number];
  readonly evidence: readonly CheckedEvidence[];
  readonly policy: Content['policy'];
  readonly onJump: (evidence: CheckedEvidence) => void;
}

export function Hypothesis({ hypothesis, evidence, policy, onJump }: HypothesisProps) {
  const isRuledOut = hypothesis.status === 'ruled-out';
  return (
    <li class={isRuledOut ? 'hypothesis hypothesis--out' : 'hypothesis'}>
      <p>
        {hypothesis.statement}{' '}
        <span class="hypothesis__likely">
          {isRuledOut ? analysisTexts.ruledOut : likelihoodText(hypothesis.confidence)}
        </span>
      </p>
      {evidence.length === 0 && <p class="note__aside">{analysisTexts.noEvidence}</p>}
      {evidence.map((piece) => (
        <Evidence key={piece.id} evidence={piece} policy={policy} onJump={onJump} />
      ))}
    </li>
  );
}

interface EvidenceProps {
  readonly evidence: CheckedEvidence;
  readonly policy: Content['policy'];
  readonly onJump: (evidence: CheckedEvidence) => void;
}

function Evidence({ evidence, policy, onJump }: EvidenceProps) {
  const { kind, sourceId, quote, found } = evidence;
  const article = policy.find(({ articleId }) => articleId === sourceId);
  const source =
    kind === 'message'
      ? ticketTexts.message(Number(sourceId))
      : (article?.title ?? `${analysisTexts.article} ${sourceId}`);
  const content = (
    <>
      <q>{quote}</q> <span class="evidence__source">{analysisTexts.evidenceFrom(source)}</span>
    </>
  );
  if (!found)
    return (
      <p class="evidence evidence--unfound">
        <Icon name="warning" size={14} />
        <span>
          <strong>{analysisTexts.notFoundInSource}.</strong> {content}
        </span>
      </p>
    );
  if (kind === 'message')
    return (
      <button type="button" class="evidence" onClick={() => onJump(evidence)}>
        <Icon name="quote" size={14} />
        <span>{content}</span>
      </button>
    );
  return (
    <SafeLink url={article?.url ?? ''} class="evidence">
      <Icon name="article" size={14} />
      <span>{content}</span>
    </SafeLink>
  );
}
