/** One version in a history: who made it and when, with the way back to it. */
import type { VersionView } from '@firstword/shared/version';
import type { ComponentChildren } from 'preact';
import { guidanceTexts } from '../texts/guidance-texts.ts';
import { knowledgeTexts } from '../texts/knowledge-texts.ts';
import { siteTexts } from '../texts/site-texts.ts';
import { Ago } from './clock.tsx';

export interface VersionItemProps {
  readonly version: VersionView;
  /** What it is a version of, for screen readers. */
  readonly of: string;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  readonly onCompare?: () => void;
  readonly onRollBack: () => void;
  readonly children?: ComponentChildren;
}

export function VersionItem(props: VersionItemProps) {
  const { version, of, isCurrent, isBusy, onCompare, onRollBack, children } = props;
  const { number, createdAt, by } = version;
  const label = (action: string) => `${action}, ${of}, ${knowledgeTexts.version(number)}`;
  return (
    <li class="version">
      <span class="version__name">{knowledgeTexts.version(number)}</span>
      <span>
        {`${by}, `}
        <Ago at={createdAt} />
      </span>
      <div class="source__actions">
        {onCompare !== undefined && (
          <button type="button" class="button button--quiet" aria-label={label(siteTexts.compare)} onClick={onCompare}>
            {siteTexts.compare}
          </button>
        )}
        {isCurrent ? (
          <span class="version__current">{knowledgeTexts.current}</span>
        ) : (
          <button
            type="button"
            class="button button--quiet"
            aria-label={label(guidanceTexts.rollBack)}
            disabled={isBusy}
            onClick={onRollBack}
          >
            {guidanceTexts.rollBack}
          </button>
        )}
      </div>
      {children}
    </li>
  );
}
