/** Redraws a component periodically, for parts that depend on the time. */
import { useEffect, useState } from 'preact/hooks';

export function useRedraw(everyMs: number): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => redraw((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, []);
}
