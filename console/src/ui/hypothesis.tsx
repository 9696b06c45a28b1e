/** What may be behind a ticket, with the quotes that speak for it. A quote that is not in its source is no evidence. */
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
  const out = hypothesis.status === 'ruled-out';
  return (
    <li class={out ? 'hypothesis hypothesis--out' : 'hypothesis'}>
      <p>
        {hypothesis.statement}{' '}
        <span class="hypothesis__likely">{out ? analysisTexts.ruledOut : likelihoodText(hypothesis.confidence)}</span>
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
  const words = (
    <>
      <q>{quote}</q> <span class="evidence__source">{analysisTexts.evidenceFrom(source)}</span>
    </>
  );
  if (!found)
    return (
      <p class="evidence evidence--unfound">
        <Icon name="warning" size={14} />
        <span>
          <strong>{analysisTexts.notFoundInSource}.</strong> {words}
        </span>
      </p>
    );
  if (kind === 'message')
    return (
      <button type="button" class="evidence" onClick={() => onJump(evidence)}>
        <Icon name="quote" size={14} />
        <span>{words}</span>
      </button>
    );
  return (
    <SafeLink url={article?.url ?? ''} class="evidence">
      <Icon name="article" size={14} />
      <span>{words}</span>
    </SafeLink>
  );
}
