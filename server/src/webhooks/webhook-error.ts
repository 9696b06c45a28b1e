/** A webhook that can't be added or changed. The message is shown to the administrator. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: 'bad-address' | 'not-found';
  constructor(code: WebhookError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
