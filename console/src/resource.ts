/** Something that is read from the server on request: what was asked, and the last answer. A late answer to an earlier question is dropped. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api.ts';

export interface Resource<Question, Answer> {
  readonly question: ReadonlySignal<Question>;
  /** The one before stays until the next has come. */
  readonly answer: ReadonlySignal<Answer | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failed: ReadonlySignal<boolean>;
  ask(change?: Partial<Question>): Promise<void>;
  /** An answer that came by another way. */
  put(answer: Answer): void;
}

export function createResource<Question extends object, Answer>(
  first: Question,
  read: (question: Question) => Promise<Result<Answer>>,
): Resource<Question, Answer> {
  const question = signal(first);
  const answer = signal<Answer | undefined>(undefined);
  const busy = signal(false);
  const failed = signal(false);
  let asked = 0;

  const settle = (result: Result<Answer>) => {
    busy.value = false;
    failed.value = !result.ok;
    if (result.ok) answer.value = result.value;
  };
  return {
    question,
    answer,
    busy,
    failed,
    async ask(change = {}) {
      asked += 1;
      const turn = asked;
      question.value = { ...question.value, ...change };
      busy.value = true;
      const result = await read(question.value);
      if (turn === asked) settle(result);
    },
    put(value) {
      asked += 1;
      settle({ ok: true, value });
    },
  };
}
