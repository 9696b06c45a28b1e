/** Shows progress: a bar on a terminal, otherwise one line per finished model. */

export interface Progress {
  /** Reports how many of a model's runs are done. */
  report(modelId: string, runsDone: number): void;
  /** Removes the bar. */
  end(): void;
}

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_CELLS = 24;

export function createProgress(output: Output, models: number, runs: number): Progress {
  const done = new Map<string, number>();
  const bar = output.isTTY === true;
  return {
    report(modelId, runsDone) {
      done.set(modelId, runsDone);
      const total = [...done.values()].reduce((sum, count) => sum + count, 0);
      const share = total / (models * runs);
      if (bar) {
        const cells = Math.round(share * BAR_CELLS);
        const drawn = '█'.repeat(cells) + '░'.repeat(BAR_CELLS - cells);
        output.write(`\r\x1b[K${drawn} ${Math.round(share * 100)} %  ${modelId} ${runsDone}/${runs}`);
      } else if (runsDone === runs) {
        const finished = [...done.values()].filter((count) => count === runs).length;
        output.write(`${finished}/${models} ${modelId}\n`);
      }
    },
    end() {
      if (bar) output.write('\r\x1b[K');
    },
  };
}
