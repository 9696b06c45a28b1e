/** How the widget's events are defined. */
import type { WidgetClientEvents } from '@firstword/shared/wire';
import type { z } from 'zod';

export interface WidgetEvent {
  readonly event: keyof WidgetClientEvents;
  readonly handle: (...args: unknown[]) => Promise<void>;
}

export type DefineEvent = <Schema extends z.ZodType>(
  event: keyof WidgetClientEvents,
  schema: Schema,
  act: (payload: z.output<Schema>) => Promise<object> | object,
) => WidgetEvent;

/** Counts what is read, at most `maxKb` at first. */
export type CountedRead = <Result>(
  maxKb: number,
  work: () => Promise<Result>,
  partsOf: (result: Result) => readonly { readonly text: string }[],
) => Promise<Result>;
