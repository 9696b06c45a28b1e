/** Decides who may read metrics and the details of readiness: operators, by a token or on a port of their own. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

export type OperatorAccess = (request: Pick<Request, 'headers'>) => boolean;

/** @param isOpen without a token, whether everyone may */
export function createOperatorAccess(token: string | undefined, isOpen: boolean): OperatorAccess {
  if (token === undefined) return () => isOpen;
  const expected = digest(`Bearer ${token}`);
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), expected);
}

/** Of equal length, so that the comparison says nothing about the token's. */
const digest = (text: string) => createHash('sha256').update(text).digest();
