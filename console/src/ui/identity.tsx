/** Who the visitor is: verified by the site, or only claimed by the visitor. The two never look the same. */
import type { Attribute, VisitorProfile } from '@firstword/shared/visitor-profile';
import { identityTexts } from '../texts/identity-texts.ts';
import { locale } from '../texts/translated.ts';

export function IdentityBadge({ verified }: { verified: boolean }) {
  const kind = verified ? 'verified' : 'claimed';
  return (
    <span class={`identity identity--${kind}`} title={identityTexts.hints[kind]}>
      {identityTexts[kind]}
    </span>
  );
}

/** What the site states beside name and address: list items. */
export function ProfileFacts({ profile }: { profile: VisitorProfile }) {
  const { subject, attributes = {} } = profile;
  return (
    <>
      <li dir="auto">{identityTexts.subject(subject)}</li>
      {Object.entries(attributes).map(([name, value]) => (
        <li key={name} class="facts__answer" dir="auto">
          {name} <b>{attributeText(value)}</b>
        </li>
      ))}
    </>
  );
}

/** Beginning of an ISO 8601 date or time. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}|$)/;

function attributeText(value: Attribute): string {
  if (typeof value === 'boolean') return value ? identityTexts.yes : identityTexts.no;
  if (typeof value === 'number') return value.toLocaleString(locale);
  const at = ISO_DATE.test(value) ? new Date(value) : undefined;
  if (at === undefined || Number.isNaN(at.getTime())) return value;
  return value.length === 10
    ? at.toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
    : at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}
