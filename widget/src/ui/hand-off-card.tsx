/** Says what happens next while a person is being called. */
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';

export function HandOffCard({ label }: { label: string | undefined }) {
  const { handOffTitle, handOffNext } = texts.value;
  return (
    <section class="card" aria-label={handOffTitle}>
      <Icon name="person" />
      <div>
        <p class="card__title">{handOffTitle}</p>
        <p class="card__text" dir="auto">
          {label || handOffNext}
        </p>
      </div>
    </section>
  );
}
