/**
 * Iterations that hand another one on. A generator that does nothing but yield what it takes costs several promises a
 * step, and a token passes many layers; these cost none.
 */

export interface DelegatingIterator<T> extends AsyncIterableIterator<T, void> {
  /** Leaves the iteration that is handed on, once it has given what was asked of it. */
  return(): Promise<IteratorResult<T, void>>;
}

/** What it iterates is known once `open` has settled; `open` is called with the first `next()`, in the same tick. */
export function lazily<T>(open: () => Promise<AsyncIterator<T, void>>): DelegatingIterator<T> {
  let opening: Promise<AsyncIterator<T, void>> | undefined;
  let opened: AsyncIterator<T, void> | undefined;
  let isOver = false;
  return {
    next() {
      if (opened !== undefined) return opened.next();
      if (isOver) return Promise.resolve({ done: true, value: undefined });
      opening ??= open().then((events) => {
        opened = events;
        return events;
      });
      return opening.then((events) => events.next());
    },
    async return() {
      isOver = true;
      const events = await opening?.catch(() => undefined); // whoever asked for the first step hears of it
      await events?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** An iteration whose first step was taken already. */
export function prepend<T>(
  first: Promise<IteratorResult<T, void>> | IteratorResult<T, void>,
  rest: AsyncIterator<T, void>,
): DelegatingIterator<T> {
  let isFirst = true;
  return {
    next() {
      if (!isFirst) return rest.next();
      isFirst = false;
      return Promise.resolve(first);
    },
    async return() {
      await rest.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
