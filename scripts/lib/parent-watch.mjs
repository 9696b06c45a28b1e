/** Ends this process when the npm that started it is killed, because npm can't forward SIGKILL. */
import { readFileSync } from 'node:fs';

const EVERY_MS = 1000;

/** Only under npm: a job that a shell started in the background may outlive the shell. */
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

/** The parent's pid and, because npm may start a shell in between, that shell's parent where `/proc` has it. */
function lineage() {
  const parent = process.ppid;
  try {
    const [, name = '', parentOfParent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return /^(sh|dash|ash|bash|zsh|busybox)$/.test(name) ? `${parent} ${parentOfParent}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}
