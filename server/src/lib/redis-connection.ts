/** A connection to Redis, as every room knows it. */
import type { Redis as ServerConnection } from 'ioredis';

export type Redis = ServerConnection;
