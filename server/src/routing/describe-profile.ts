/** Says in a few words what a model's profile changes in a request. Values of headers are left out: they may be secret. Pure. */
import type { Phrase } from '@firstword/shared/phrase';
import { phrase } from '../lib/phrase.ts';
import type { ModelProfile } from './model-profile.ts';

export function describeProfile({ request = {}, headers = {}, ...profile }: ModelProfile): Phrase[] {
  const fields = Object.entries(request).map(([name, value]) =>
    value === null ? phrase`without ${name}` : phrase`${name}: ${JSON.stringify(value)}`,
  );
  return [
    ...(profile.thinks === 'always' ? [phrase`always thinks`] : []),
    ...fields,
    ...Object.keys(headers).map((name) => phrase`header ${name}`),
    ...(profile.maxTokensField === 'max_completion_tokens' ? [phrase`max_completion_tokens`] : []),
    ...(profile.temperature === false ? [phrase`no temperature`] : []),
    ...(profile.usage === false ? [phrase`usage is estimated`] : []),
    ...(profile.system === 'user' ? [phrase`instructions as user message`] : []),
    ...(profile.thinkingTokens === undefined ? [] : [phrase`${profile.thinkingTokens} tokens for thinking`]),
    ...(profile.promptCacheMinTokens === undefined
      ? []
      : [phrase`prompt cache from ${profile.promptCacheMinTokens} tokens`]),
  ];
}
