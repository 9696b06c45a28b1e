/** Why a turn ended as it did, for programs. `docs/errors.md` explains each code. */
import type { FailureCode } from '../gateway/gateway-error.ts';
import type { RoutingFailure } from '../routing/routing-error.ts';
import type { TurnBreak } from './live-turns.ts';

/** `filtered`: the endpoint withheld the answer. `unavailable`: an unexpected error. */
export type TurnEndCode = FailureCode | RoutingFailure | Exclude<TurnBreak, 'stopped'> | 'filtered' | 'unavailable';
