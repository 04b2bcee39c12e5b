import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const optionalText = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional();

/** A Twilio id: two letters for its kind and 32 hex digits. */
const sid = (kind: 'AC' | 'MG') =>
  z.string().regex(new RegExp(`^${kind}[0-9a-fA-F]{32}$`), `must be ${kind} and 32 hex digits`);

const twilioNames = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_MESSAGING_SERVICE_SID'] as const;

const environment = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: port.default(3000),
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    DATA_DIR: z.string().min(1).default('.data'),
    DATABASE_URL: optionalText.pipe(
      z
        .string()
        .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
        .optional(),
    ),
    APP_SECRET: optionalText.pipe(z.string().min(32, 'needs at least 32 characters').optional()),
    ADMIN_EMAIL: optionalText.pipe(z.email().optional()),
    TWILIO_ACCOUNT_SID: optionalText.pipe(sid('AC').optional()),
    TWILIO_AUTH_TOKEN: optionalText,
    TWILIO_MESSAGING_SERVICE_SID: optionalText.pipe(sid('MG').optional()),
    RAPIDAPI_KEY: optionalText,
    STAMP_API_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
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
    const painterUrl = env.STAMP_API_URL && new URL(env.STAMP_API_URL);
    if (painterUrl && painterUrl.protocol !== 'https:' && !isLoopback(painterUrl.hostname)) {
      context.addIssue({
        code: 'custom',
        path: ['STAMP_API_URL'],
        message: 'must begin with https://, except on this machine',
      });
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

/** The settings of one running app, read from the environment once at start. */
export type Env = Omit<
  z.infer<typeof environment>,
  'APP_URL' | 'SEED_DEMO' | 'RAPIDAPI_KEY' | 'STAMP_API_URL' | (typeof twilioNames)[number]
> & {
  /** Absolute, without a trailing slash: every link in a mail begins with it. */
  APP_URL: string;
  /** Demo friends are made only in the embedded store. */
  SEED_DEMO: boolean;
  /** What stamps are painted with; undefined: all are drawn. */
  STAMPS?: { apiKey: string; url: string | undefined } | undefined;
  /** What text messages are sent with; undefined: they stay on this machine. */
  TWILIO?: { accountSid: string; authToken: string; messagingServiceSid: string } | undefined;
};

/** A setting is missing or wrong; the message is one line fit for a terminal. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

/**
 * Validates the environment.
 *
 * @throws {EnvError} naming the first wrong variable and what it should be, never its value.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvError(`Wrong setting ${issue?.path.join('.')}: ${issue?.message}. See .env.example.`);
  }
  const {
    APP_URL,
    SEED_DEMO,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid,
    RAPIDAPI_KEY: apiKey,
    STAMP_API_URL: url,
    ...env
  } = parsed.data;
  return {
    ...env,
    APP_URL: (APP_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
    SEED_DEMO: SEED_DEMO === 'true' && !env.DATABASE_URL,
    STAMPS: apiKey ? { apiKey, url } : undefined,
    TWILIO:
      accountSid && authToken && messagingServiceSid
        ? { accountSid, authToken, messagingServiceSid }
        : undefined,
  };
}

/** True when only this machine can reach the server. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
