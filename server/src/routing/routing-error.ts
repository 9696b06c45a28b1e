/** Why there is no model to ask. */

/** `no-allowed-region`: no endpoint stands in a region that the site allows; nothing may be sent anywhere else. */
export type RoutingFailure = 'no-allowed-region';

export class RoutingError extends Error {
  override readonly name = 'RoutingError';
  readonly code: RoutingFailure;

  constructor(code: RoutingFailure, message: string) {
    super(message);
    this.code = code;
  }
}
