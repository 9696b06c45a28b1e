/** Checks the mail server by a handshake with the configured user. No mail is sent. */
import { shownUrl } from '../../lib/hide-secrets.ts';
import { verifyMailServer } from '../../lib/mail-server.ts';
import type { Finding } from './report.ts';

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /EAUTH|ENOAUTH|\b53[05]\b/,
    'Check the user and password in SMTP_URL; write special characters as %40 and the like.',
  ],
  [/EDNS|ENOTFOUND|EAI_AGAIN/, 'Check the host in SMTP_URL for a typing error.'],
  [/ECONNREFUSED/, 'Check the host and port in SMTP_URL: 587 with smtp://, 465 with smtps://.'],
  [
    /CERT|SSL|TLS|WRONG_VERSION|self.signed/i,
    'Use smtps:// for implicit TLS (465) and smtp:// for STARTTLS (587), and check the certificate.',
  ],
  [
    /ETIMEDOUT|ECONNECTION|ESOCKET|TIMEDOUT/,
    'Check the port in SMTP_URL, and that no firewall blocks it. Many hosts block port 25.',
  ],
];

/** Never rejects. */
export async function checkMail({ smtpUrl, from }: { smtpUrl: string | undefined; from: string }): Promise<Finding[]> {
  const about = { area: 'mail', subject: 'SMTP_URL' } as const;
  if (smtpUrl === undefined)
    return [{ ...about, level: 'ok', found: 'not set: replies reach visitors in the chat only' }];
  const asked = shownUrl(smtpUrl);
  const reason = await verifyMailServer(smtpUrl);
  const fix =
    REMEDIES.find(([pattern]) => pattern.test(reason ?? ''))?.[1] ?? 'Check SMTP_URL, and the log of the mail server.';
  return [
    reason === undefined
      ? { ...about, level: 'ok', found: 'the server accepts us', asked }
      : { ...about, level: 'fault', found: `the handshake failed: ${reason}`, asked, fix },
    ...(from.endsWith('@localhost.localdomain')
      ? [
          {
            area: 'mail',
            level: 'warning',
            subject: 'MAIL_FROM',
            found: `mails are sent from ${from}`,
            fix: 'Set MAIL_FROM to an address of your domain.',
          } as const,
        ]
      : []),
  ];
}
