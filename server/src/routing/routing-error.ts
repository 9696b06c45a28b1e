/** The failure of routing: no model may be asked. */

/**
 * `no-allowed-region`: no endpoint is in a region that the site allows, so nothing may be sent. `no-endpoint`: none is
 * connected.
 */
export type RoutingFailure = 'no-allowed-region' | 'no-endpoint';

export class RoutingError extends Error {
  override readonly name = 'RoutingError';
  readonly code: RoutingFailure;

  constructor(code: RoutingFailure, message: string) {
    super(message);
    this.code = code;
  }
}
