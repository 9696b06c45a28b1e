/** HTTP long-polling, fetched only where WebSocket fails. It changes to WebSocket once that turns out to work. */
import { Fetch, WebSocket } from 'engine.io-client';

export const pollingFirst = [Fetch, WebSocket];
