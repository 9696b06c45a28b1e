/** Work on accounts that can't be done now. `code` is for programs, the message for the log. */
export class AgentsError extends Error {
  override readonly name = 'AgentsError';
  /** More passwords wait to be checked than a few seconds allow. */
  readonly code: 'busy';
  constructor(code: 'busy', message: string) {
    super(message);
    this.code = code;
  }
}
