/** Counts the requests of one turn: its label and its answer are two calls, and each may send several. */

export interface RequestCount {
  add(): void;
  sent(): number;
}

export function createRequestCount(): RequestCount {
  let sent = 0;
  return {
    add() {
      sent += 1;
    },
    sent: () => sent,
  };
}
