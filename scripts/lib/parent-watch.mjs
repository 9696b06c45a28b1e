/** Ends us when npm, which started us, is killed without a chance to tell us. */
import { readFileSync } from 'node:fs';

const EVERY_MS = 1000;

/** Does nothing where npm did not start us: a shell may go away while its background work stays wanted. */
export function watchParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const before = lineage();
  const timer = setInterval(() => {
    if (lineage() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  timer.unref();
}

/** Our parent's pid and, as npm may have put a shell in between, that shell's parent where the system tells it. */
function lineage() {
  const parent = process.ppid;
  try {
    const [, name = '', parentOfParent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return /^(sh|dash|ash|bash|zsh|busybox)$/.test(name) ? `${parent} ${parentOfParent}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}
