/** What the command line gives to each bench. */

export interface RunOptions {
  /** Also measures other projects' packages. */
  readonly rivals: boolean;
  /** A folder that keeps what the bench has filled, for its next run. */
  readonly dataDir: string | undefined;
  /** Reports progress. */
  readonly say: (doing: string) => void;
}

/** Reports progress; `of` where something else than rounds is counted. */
export type OnRound = (done: number, of?: number) => void;
