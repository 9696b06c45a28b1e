/** Whether a list of messages is scrolled to its end, so that it follows what is added. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Within this distance, it counts as scrolled to the end. */
const AT_END_PX = 40;

export function isAtEnd({ scrollTop, scrollHeight, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight < AT_END_PX;
}

/** Stays at the end when the box gets smaller or what is in it gets larger, as with a composer that grows or a picture that loads. */
export function useStayAtEnd(box: RefObject<HTMLElement | null>, atEnd: RefObject<boolean>): void {
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTo({ top: current.scrollHeight });
    });
    observer.observe(current);
    for (const part of current.children) observer.observe(part);
    return () => observer.disconnect();
  }, []);
}
