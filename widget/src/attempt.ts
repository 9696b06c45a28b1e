/** Uses what a browser, or a page, may refuse; undefined where it does. */
export function attempt<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
