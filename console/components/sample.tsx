/** One part of the console in one state, under its name. */
import type { ComponentChildren } from 'preact';

export interface SampleProps {
  readonly name: string;
  readonly kind?: 'row' | 'list' | 'block' | 'talk' | 'dialog' | 'pane' | 'menu';
  readonly children: ComponentChildren;
}

export function Sample({ name, kind = 'block', children }: SampleProps) {
  return (
    <section class={`sample sample--${kind}`} data-sample={name} aria-label={name}>
      <h2>{name}</h2>
      <div class={kind === 'row' ? 'sample__row' : undefined}>{children}</div>
    </section>
  );
}

export const LONG_TEXT =
  'My delivery was announced for three different days and came on none of them, the carrier says the address is incomplete, and https://shop.example/orders/4711-0815-2342-4242-long-tracking-code-without-any-break shows nothing';
export const RTL_TEXT = 'أين طلبي رقم 4711؟ لم يصل بعد وأحتاج إليه قبل يوم الخميس.';
export const nothing = () => {};
