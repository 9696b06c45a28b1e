/**
 * Async iterators that delegate to another one. A generator with `yield*` costs several promises per step, and each token
 * passes many layers; these add none.
 */

export interface DelegatingIterator<T> extends AsyncIterableIterator<T, void> {
  /** Also ends the inner iterator, after a pending `next()` has settled. */
  return(): Promise<IteratorResult<T, void>>;
}

/** Iterates what `open` resolves with. `open` is called by the first `next()`, in the same tick. */
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
      const events = await opening?.catch(() => undefined); // the caller of the first next() receives the error
      await events?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Puts a step that was already read back in front of its iterator. */
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
