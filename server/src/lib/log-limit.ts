/** Limits how often one message is logged: an outage must not fill the disk with its own report. */

export interface LogLimit {
  /** Whether the line may be written. */
  admits(message: string): boolean;
}

export interface LogLimitSettings {
  /** Lines with the same message in one window. */
  readonly lines: number;
  readonly windowMs: number;
}

const SETTINGS: LogLimitSettings = { lines: 50, windowMs: 10_000 };

/** @param onSkipped called at the end of a window in which lines were left out */
export function createLogLimit(
  onSkipped: (message: string, count: number) => void,
  { lines, windowMs }: LogLimitSettings = SETTINGS,
): LogLimit {
  const written = new Map<string, number>();
  let ending: NodeJS.Timeout | undefined;

  const end = () => {
    ending = undefined;
    const over = [...written].filter(([, count]) => count > lines);
    written.clear();
    for (const [message, count] of over) onSkipped(message, count - lines);
  };
  return {
    admits(message) {
      const count = (written.get(message) ?? 0) + 1;
      written.set(message, count);
      if (ending === undefined) ending = setTimeout(end, windowMs).unref();
      return count <= lines;
    },
  };
}
