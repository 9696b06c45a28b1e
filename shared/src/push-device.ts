/** The browsers in which an agent is notified while the console is closed, and what is pushed to them. */
import { z } from 'zod';
import type { NotificationKind } from './agent-preferences.ts';

const PUSH_LANGUAGES = ['en', 'de'] as const;

/** `POST /api/v1/push-devices`: what the browser's push service made for this browser. */
export const pushSubscriptionSchema = z.strictObject({
  /** Where this browser's push service accepts messages for it. */
  endpoint: z.url().max(1000),
  keys: z.strictObject({
    /** A point of P-256, uncompressed: 65 bytes, base64url. */
    p256dh: z.string().regex(/^[\w-]{87}$/),
    /** 16 bytes, base64url. */
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
  /** Of the console in this browser. */
  language: z.enum(PUSH_LANGUAGES),
});
export type PushSubscription = z.infer<typeof pushSubscriptionSchema>;

/** `GET` and `POST /api/v1/push-devices`: those of the signed-in agent. */
export const pushDeviceListSchema = z.object({
  /** Browsers subscribe with it: the public key of this installation, base64url. */
  publicKey: z.string(),
  /** The one that was added first comes first. */
  devices: z.array(
    z.object({
      /** SHA-256 of the endpoint, base64url: a browser finds itself by it. */
      id: z.string(),
      /** The browser's `User-Agent`. */
      device: z.string(),
      /** In milliseconds since 1970. */
      addedAt: z.number(),
      /** When a push service last accepted a notification for it. */
      lastPushAt: z.number().exactOptional(),
    }),
  ),
});
export type PushDeviceList = z.infer<typeof pushDeviceListSchema>;
export type PushDevice = PushDeviceList['devices'][number];

/** What the console's service worker shows. */
export type PushMessage = { readonly language: PushSubscription['language'] } & (
  | { readonly kind: 'test' }
  | {
      readonly kind: NotificationKind;
      readonly ticketId: string;
      readonly number: number;
      /** The name of the site. */
      readonly site: string;
      /** Only where the site's owner allows it: what the visitor, or in a note the agent, wrote. */
      readonly line?: string;
      readonly silent: boolean;
    }
);
