/** HTTP long-polling, fetched only where WebSocket fails. */
import { Fetch } from 'engine.io-client';

export const polling = [Fetch];
