/** Asks questions of a running server from several visitors at once, for as long as some work takes. */
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchVisitor, connectVisitor } from './visitor.ts';

const QUESTION = 'How long do I have to return an item?';
/** Between an answer's end and the visitor's next question. */
const READING_MS = 500;

export interface VisitorLoad {
  /** TTFT in milliseconds of each question that was asked while the work ran. */
  during(work: () => Promise<unknown>): Promise<number[]>;
  close(): void;
}

export async function createVisitorLoad(port: number, count: number): Promise<VisitorLoad> {
  const visitors: BenchVisitor[] = [];
  for (let number = 0; number < count; number++) visitors.push(await connectVisitor(port));
  return {
    async during(work) {
      let isWorking = true;
      const waits: number[] = [];
      const askOn = async (visitor: BenchVisitor, number: number) => {
        // They don't begin at the same moment.
        await pause((READING_MS * number) / count);
        while (isWorking) {
          waits.push((await visitor.ask(QUESTION)).firstMs);
          await pause(READING_MS);
        }
      };
      const asking = visitors.map(askOn);
      try {
        await work();
      } finally {
        isWorking = false;
      }
      await Promise.all(asking);
      return waits;
    },
    close() {
      for (const visitor of visitors) visitor.close();
    },
  };
}
