/** Ends what listens to the page, once the page has removed the widget. */

export interface Life {
  /** Of every listener. */
  readonly signal: AbortSignal;
  /** Ends all listeners if the widget is gone. */
  hasEnded(): boolean;
}

export function createLife(isRemoved: () => boolean): Life {
  const end = new AbortController();
  return {
    signal: end.signal,
    hasEnded() {
      if (isRemoved()) end.abort();
      return end.signal.aborted;
    },
  };
}
