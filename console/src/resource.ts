/** A value fetched from the server on request. A late response to an earlier request is dropped. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Result } from './api.ts';

export interface Resource<Question, Answer> {
  readonly question: ReadonlySignal<Question>;
  /** Kept until the next successful response. */
  readonly answer: ReadonlySignal<Answer | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  readonly failed: ReadonlySignal<boolean>;
  ask(change?: Partial<Question>): Promise<void>;
  /** Sets a value that arrived with another response. */
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
  let requests = 0;

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
      requests += 1;
      const request = requests;
      question.value = { ...question.value, ...change };
      busy.value = true;
      const result = await read(question.value);
      if (request === requests) settle(result);
    },
    put(value) {
      requests += 1;
      settle({ ok: true, value });
    },
  };
}
