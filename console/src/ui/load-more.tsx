/** The end of a list that has another page: loads it when it comes into view, and says when that failed. */
import { useEffect, useRef } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';

export interface LoadMoreProps {
  readonly label: string;
  readonly busy: boolean;
  /** What is shown with a button when loading has failed. */
  readonly failed: string | undefined;
  readonly onMore: () => unknown;
  /** How far from being seen it loads. */
  readonly aheadPx?: number;
}

/** Before it is seen, so that scrolling seldom waits. */
const AHEAD_PX = 600;

export function LoadMore({ label, busy, failed, onMore, aheadPx = AHEAD_PX }: LoadMoreProps) {
  const box = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  // Observed again after each page, because an end that stays in view reports no change.
  useEffect(() => {
    if (busy || failed !== undefined || box.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) more.current();
      },
      { root: box.current.parentElement, rootMargin: `${aheadPx}px` },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  });
  return (
    <div class="load-more" ref={box}>
      {failed === undefined ? (
        label
      ) : (
        <span role="alert">
          {failed}{' '}
          <button type="button" class="link" onClick={() => onMore()}>
            {commonTexts.tryAgain}
          </button>
        </span>
      )}
    </div>
  );
}
