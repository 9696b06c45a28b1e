/** Every Redis key of an installation. Each `…-keys.ts` has those of one subject. */
import { type AgentKeys, createAgentKeys } from './agent-keys.ts';
import { type ConversationKeys, createConversationKeys } from './conversation-keys.ts';
import { createFeedKeys, type FeedKeys } from './feed-keys.ts';
import { createFormerKeys, type FormerKeys } from './former-keys.ts';
import { createInstallationKeys, type InstallationKeys } from './installation-keys.ts';
import { createSiteKeys, type SiteKeys } from './site-keys.ts';
import { createTicketKeys, type TicketKeys } from './ticket-keys.ts';
import { createUsageKeys, type UsageKeys } from './usage-keys.ts';
import { createVisitorKeys, type VisitorKeys } from './visitor-keys.ts';

export interface RedisKeys
  extends VisitorKeys,
    AgentKeys,
    ConversationKeys,
    FeedKeys,
    TicketKeys,
    UsageKeys,
    SiteKeys,
    InstallationKeys,
    FormerKeys {}

/** `prefix` keeps installations, and tests, on one Redis apart. */
export function createRedisKeys(prefix: string): RedisKeys {
  return {
    ...createVisitorKeys(prefix),
    ...createAgentKeys(prefix),
    ...createConversationKeys(prefix),
    ...createFeedKeys(prefix),
    ...createTicketKeys(prefix),
    ...createUsageKeys(prefix),
    ...createSiteKeys(prefix),
    ...createInstallationKeys(prefix),
    ...createFormerKeys(prefix),
  };
}
