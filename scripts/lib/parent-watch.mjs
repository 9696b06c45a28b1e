/** Ends us when npm, which started us, is killed without a chance to tell us. */

const EVERY_MS = 1000;

/** Does nothing where npm is not the parent: a shell may go away while its background work stays wanted. */
export function watchParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  timer.unref();
}
