/** Repeats what PostgreSQL has undone because another transaction was in its way, which is how PostgreSQL expects it to be handled. */
import { setTimeout as pause } from 'node:timers/promises';

/** A serialization failure, and a deadlock that was resolved at this transaction's expense. */
const LOST_RACE = ['40001', '40P01'];
const TRIES_MAX = 5;
/** Before the second try at most; twice as long before each further one. */
const PAUSE_MS = 40;

/**
 * @param work stores all or nothing
 * @param random so that transactions that met once don't meet again
 * @throws the error of the last try
 */
export async function repeatLostRaces<Result>(
  work: () => Promise<Result>,
  random: () => number = Math.random,
): Promise<Result> {
  const attempt = async (tries: number): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (!hasLostRace(error) || tries === TRIES_MAX) throw error;
      await pause(random() * PAUSE_MS * 2 ** (tries - 1));
      return attempt(tries + 1);
    }
  };
  return attempt(1);
}

function hasLostRace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOST_RACE.includes(String(error.code));
}
