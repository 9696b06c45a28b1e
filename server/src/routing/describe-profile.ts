/** Says in a few words what a model's profile changes in a request. Values of headers are left out: they may be secret. Pure. */
import type { ModelProfile } from './model-profile.ts';

export function describeProfile({ request = {}, headers = {}, ...profile }: ModelProfile): string[] {
  const fields = Object.entries(request).map(([name, value]) =>
    value === null ? `without ${name}` : `${name}: ${JSON.stringify(value)}`,
  );
  return [
    ...(profile.thinks === 'always' ? ['always thinks'] : []),
    ...fields,
    ...Object.keys(headers).map((name) => `header ${name}`),
    ...(profile.maxTokensField === 'max_completion_tokens' ? ['max_completion_tokens'] : []),
    ...(profile.temperature === false ? ['no temperature'] : []),
    ...(profile.usage === false ? ['usage is estimated'] : []),
    ...(profile.system === 'user' ? ['instructions as user message'] : []),
    ...(profile.thinkingTokens === undefined ? [] : [`${profile.thinkingTokens} tokens for thinking`]),
    ...(profile.promptCacheMinTokens === undefined ? [] : [`prompt cache from ${profile.promptCacheMinTokens} tokens`]),
  ];
}
