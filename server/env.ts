import { z } from 'zod';
import { isLoopback } from '#core/is-loopback.ts';
import {
  byteSize,
  hostName,
  isSafeUrl,
  keyText,
  optionalText,
  originUrl,
  sender,
  sid,
  urlOf,
  wholeNumber,
} from './env-values.ts';
import { parseTrustedProxies } from './http/proxies.ts';

const twilioNames = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_MESSAGING_SERVICE_SID'] as const;

export const environment = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    HOST: hostName.default('127.0.0.1'),
    PORT: wholeNumber(65_535).default(3000),
    APP_URL: optionalText.pipe(originUrl.optional()),
    DATA_DIR: z
      .string()
      .refine((path) => path.trim() !== '' && !path.includes('\0'), 'must be the path to a folder')
      .default('.data'),
    DATABASE_URL: optionalText.pipe(
      z
        .string()
        .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
        .regex(/^[^/]+\/\/([^\s/?]+)(\/[^\s/?]*)?(\?\S*)?$/, 'must have a host, and may have a database name')
        .optional(),
    ),
    TRUST_PROXY: z
      .string()
      .trim()
      .default('0')
      .transform((text, context) => {
        try {
          return parseTrustedProxies(text);
        } catch {
          context.addIssue({
            code: 'custom',
            message: 'must be a number of hops, or addresses and networks like 10.0.0.0/8',
          });
          return z.NEVER;
        }
      }),
    APP_SECRET: optionalText.pipe(z.string().min(32, 'needs at least 32 characters').optional()),
    ADMIN_EMAIL: optionalText.pipe(z.email().optional()),
    ACCOUNT_QUOTA: byteSize.default(5_000_000_000),
    UNDO_SECONDS: wholeNumber(3_600).default(30),
    TWILIO_ACCOUNT_SID: optionalText.pipe(sid('AC').optional()),
    TWILIO_AUTH_TOKEN: keyText,
    TWILIO_MESSAGING_SERVICE_SID: optionalText.pipe(sid('MG').optional()),
    RAPIDAPI_KEY: keyText,
    STAMP_API_URL: optionalText.pipe(
      z.string().refine(isSafeUrl, 'must begin with https://, except on this machine').optional(),
    ),
    QUEUE_DRIVER: z.enum(['memory', 'bullmq', 'qstash']).default('memory'),
    REDIS_URL: optionalText.pipe(urlOf('redis:', 'rediss:').optional()),
    QSTASH_TOKEN: keyText,
    QSTASH_URL: optionalText.pipe(urlOf('https:', 'http:').optional()),
    QSTASH_CURRENT_SIGNING_KEY: keyText,
    QSTASH_NEXT_SIGNING_KEY: keyText,
    QSTASH_MAX_RETRIES: wholeNumber(100).default(3),
    WORKER_URL: optionalText.pipe(urlOf('https:', 'http:').optional()),
    SMTP_URL: optionalText.pipe(urlOf('smtp:', 'smtps:').optional()),
    MAIL_FROM: optionalText.pipe(sender.optional()),
    SMTP_CA: optionalText,
    METRICS_TOKEN: keyText.pipe(z.string().min(16, 'needs at least 16 characters').optional()),
    SEED_DEMO: z.enum(['true', 'false']).default('true'),
    WORKER: z.enum(['in-process', 'none']).default('in-process'),
    LOG_LEVEL: z.enum(['info', 'error', 'silent']).default('info'),
  })
  .superRefine((env, context) => {
    if (env.DATABASE_URL && !env.APP_SECRET) {
      context.addIssue({
        code: 'custom',
        path: ['APP_SECRET'],
        message: 'is required when DATABASE_URL is set (try: openssl rand -base64 32)',
      });
    }
    if (env.STAMP_API_URL && !env.RAPIDAPI_KEY) {
      context.addIssue({ code: 'custom', path: ['RAPIDAPI_KEY'], message: 'is required with STAMP_API_URL' });
    }
    const needed: Record<typeof env.QUEUE_DRIVER, (keyof typeof env)[]> = {
      memory: [],
      bullmq: ['REDIS_URL'],
      qstash: ['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY', 'WORKER_URL'],
    };
    const absent = needed[env.QUEUE_DRIVER].find((name) => !env[name]);
    if (absent) {
      const message = `is required with QUEUE_DRIVER=${env.QUEUE_DRIVER}`;
      context.addIssue({ code: 'custom', path: [absent], message });
    }
    if (
      env.WORKER === 'none' &&
      env.QUEUE_DRIVER === 'memory' &&
      env.NODE_ENV === 'production' &&
      env.DATABASE_URL
    ) {
      const message =
        'must be bullmq or qstash when the worker is a separate process: the in-memory queue cannot be shared';
      context.addIssue({ code: 'custom', path: ['QUEUE_DRIVER'], message });
    }
    if (env.SMTP_URL && !env.MAIL_FROM) {
      context.addIssue({ code: 'custom', path: ['MAIL_FROM'], message: 'is required with SMTP_URL' });
    }
    const missing = twilioNames.find((name) => !env[name]);
    if (missing && twilioNames.some((name) => env[name])) {
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: `is missing: text messages need all of ${twilioNames.join(', ')}`,
      });
    }
  });

/** Grouped into objects: see {@link Env}. */
const groupedNames = [
  'RAPIDAPI_KEY',
  'STAMP_API_URL',
  'QUEUE_DRIVER',
  'REDIS_URL',
  'QSTASH_TOKEN',
  'QSTASH_URL',
  'QSTASH_CURRENT_SIGNING_KEY',
  'QSTASH_NEXT_SIGNING_KEY',
  'QSTASH_MAX_RETRIES',
  'WORKER_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'SMTP_CA',
] as const;

type Settings = z.infer<typeof environment>;

/** The settings of one running app, read from the environment once at start. */
export type Env = Omit<
  z.infer<typeof environment>,
  'APP_URL' | 'SEED_DEMO' | (typeof groupedNames)[number] | (typeof twilioNames)[number]
> & {
  /** Absolute, without a trailing slash: every link in a mail begins with it. */
  APP_URL: string;
  APP_URL_IS_DEFAULT: boolean;
  /** Demo users are created only in the embedded store. */
  SEED_DEMO: boolean;
  QUEUE:
    | { driver: 'memory' }
    | { driver: 'bullmq'; redisUrl: string }
    | {
        driver: 'qstash';
        token: string;
        baseUrl: string | undefined;
        keys: { current: string; next: string };
        workerUrl: string;
        maxRetries: number;
      };
  /** The mail server; undefined if mails stay on this machine. */
  SMTP?: { url: string; from: string; caFile: string | undefined } | undefined;
  /** The picture service; undefined if all stamps are drawn. */
  STAMPS?: { apiKey: string; url: string | undefined } | undefined;
  /** The text message service; undefined if texts stay on this machine. */
  TWILIO?: { accountSid: string; authToken: string; messagingServiceSid: string } | undefined;
};

/** A missing or wrong setting. The message is one line for a terminal. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

/**
 * Validates the environment.
 *
 * @throws {EnvError} naming the first wrong variable and its expected form, never its value.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvError(`Wrong setting ${issue?.path.join('.')}: ${issue?.message}. See .env.example.`);
  }
  const settings = parsed.data;
  const grouped = new Set<string>([...groupedNames, ...twilioNames]);
  const plain = Object.fromEntries(Object.entries(settings).filter(([name]) => !grouped.has(name)));
  const { RAPIDAPI_KEY: apiKey, STAMP_API_URL: url, SMTP_URL, MAIL_FROM, SMTP_CA: caFile } = settings;
  return {
    ...(plain as Omit<Settings, 'APP_URL' | 'SEED_DEMO'>),
    APP_URL: settings.APP_URL ?? `http://localhost:${settings.PORT}`,
    APP_URL_IS_DEFAULT: settings.APP_URL === undefined,
    SEED_DEMO: settings.SEED_DEMO === 'true' && !settings.DATABASE_URL,
    QUEUE: queueOf(settings),
    SMTP: SMTP_URL && MAIL_FROM ? { url: SMTP_URL, from: MAIL_FROM, caFile } : undefined,
    STAMPS: apiKey ? { apiKey, url } : undefined,
    TWILIO: twilioOf(settings),
  };
}

function queueOf(settings: Settings): Env['QUEUE'] {
  const { REDIS_URL, QSTASH_TOKEN, QSTASH_CURRENT_SIGNING_KEY, QSTASH_NEXT_SIGNING_KEY, WORKER_URL } =
    settings;
  if (settings.QUEUE_DRIVER === 'bullmq' && REDIS_URL) return { driver: 'bullmq', redisUrl: REDIS_URL };
  const keys = { current: QSTASH_CURRENT_SIGNING_KEY ?? '', next: QSTASH_NEXT_SIGNING_KEY ?? '' };
  if (settings.QUEUE_DRIVER === 'qstash' && QSTASH_TOKEN && WORKER_URL && keys.current && keys.next) {
    return {
      driver: 'qstash',
      token: QSTASH_TOKEN,
      baseUrl: settings.QSTASH_URL,
      keys,
      workerUrl: withoutSlash(WORKER_URL),
      maxRetries: settings.QSTASH_MAX_RETRIES,
    };
  }
  return { driver: 'memory' };
}

function twilioOf(settings: Settings): Env['TWILIO'] {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid,
  } = settings;
  return accountSid && authToken && messagingServiceSid
    ? { accountSid, authToken, messagingServiceSid }
    : undefined;
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/**
 * Whether only this machine can use the installation: both its listening address and its URL are
 * loopback.
 */
export function isLocalOnly({ HOST, APP_URL }: Pick<Env, 'HOST' | 'APP_URL'>): boolean {
  return isLoopback(HOST) && isLoopback(new URL(APP_URL).hostname);
}

/** The address to open in a browser on this machine: `APP_URL`, or the listening address. */
export function addressToOpen(
  env: Pick<Env, 'HOST' | 'APP_URL' | 'APP_URL_IS_DEFAULT'>,
  port: number,
): string {
  if (!env.APP_URL_IS_DEFAULT) return env.APP_URL;
  // These stand for all addresses, or for loopback, and cannot all be opened in a browser.
  const isEvery = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(env.HOST);
  const host = isEvery ? 'localhost' : env.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Settings an operator may not have intended, each as one line for the log. */
export function hintsOf(env: Env): string[] {
  if (isLocalOnly(env)) return [];
  const { SMTP, HOST, APP_URL, APP_URL_IS_DEFAULT, DATA_DIR } = env;
  const hints: string[] = [];
  // People at another address come through a proxy, and must not see the local mailbox.
  if (!SMTP) {
    hints.push(
      `Emails are not being sent, and nobody can join without one: set SMTP_URL and MAIL_FROM. Until then, find them in ${DATA_DIR}/mailbox.`,
    );
  }
  if (APP_URL_IS_DEFAULT) {
    hints.push(
      `Other machines can reach this server at ${HOST}, but links in emails begin with ${APP_URL}: set APP_URL to the address people open.`,
    );
  }
  const published = APP_URL_IS_DEFAULT || !isLoopback(new URL(APP_URL).hostname);
  if (published && !APP_URL.startsWith('https:')) {
    hints.push(
      'Without https, browsers cannot store keys, so people can only log in with JavaScript off: see "Plain http on a home network" in docs/operating.md.',
    );
  }
  return hints;
}
