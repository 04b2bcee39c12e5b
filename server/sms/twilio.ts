import type { RequestClient, Twilio } from 'twilio';
import { MINUTE, SECOND } from '#core/durations.ts';
import type { SmsRefusalReason } from '#core/schemas/notifications.ts';
import { SmsRefused, type SmsSender, SmsUnavailable, type TextMessage } from './sms-sender.ts';

interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** The service whose pool of numbers sends the texts, and which records who answered STOP. */
  messagingServiceSid: string;
  /** Milliseconds to wait for an answer. Default 10,000. */
  timeout?: number;
  /** Makes the requests; tests inject one for their own server. */
  httpClient?: RequestClient;
}

/**
 * Numbers that answered STOP, and those that cannot receive texts
 * (https://www.twilio.com/docs/api/errors).
 */
const numberRefusals = new Map<number, SmsRefusalReason>([
  [21610, 'stopped'],
  [21211, 'bad-number'],
  [21614, 'bad-number'],
]);

/** Errors before a connection was made, so the text cannot have been sent. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const RECENT = 20;
const RECENT_MS = MINUTE;

/**
 * Sends texts by Twilio's Messages API through its SDK, which is loaded with the first text.
 *
 * Twilio has no idempotency keys. When its answer is lost, the text is therefore searched for among
 * the latest to that number, and the caller should try again only if it is not there. A messaging
 * service accepts a text before it checks whether the receiver has answered STOP, so ask for the
 * outcome later.
 */
export function createTwilioSender(options: TwilioOptions): SmsSender {
  const { messagingServiceSid } = options;
  let client: Promise<Twilio> | undefined;
  const connect = (): Promise<Twilio> => {
    client ??= openClient(options);
    return client;
  };

  return {
    async send({ to, text }) {
      const { messages } = await connect();
      const startedAt = Date.now();
      try {
        const { sid } = await messages.create({ to, body: text, messagingServiceSid });
        return sid;
      } catch (error) {
        const problem = toSmsError(error);
        if (problem instanceof SmsRefused || neverConnected.has(problem.code)) throw problem;
        const taken = await findTaken(messages, { to, text }, startedAt);
        if (taken === null) throw problem;
        return taken;
      }
    },

    async outcome(textId) {
      const { messages } = await connect();
      try {
        const { to, errorCode } = await messages(textId).fetch();
        const reason = numberRefusals.get(errorCode);
        return reason ? { to, reason } : null;
      } catch (error) {
        throw toSmsError(error);
      }
    },
  };
}

async function openClient({ accountSid, authToken, timeout = 10 * SECOND, httpClient }: TwilioOptions) {
  // A CommonJS package: Node's modules see only its default export.
  const { default: twilio } = await import('twilio');
  return twilio(accountSid, authToken, { httpClient: httpClient ?? new twilio.RequestClient({ timeout }) });
}

async function findTaken(
  messages: Twilio['messages'],
  { to, text }: TextMessage,
  startedAt: number,
): Promise<string | null> {
  try {
    const latest = await messages.list({ to, limit: RECENT, pageSize: RECENT });
    // A trial account's texts begin with words of Twilio's.
    const taken = latest.find(
      ({ body, dateCreated }) => body.endsWith(text) && dateCreated.getTime() > startedAt - RECENT_MS,
    );
    return taken?.sid ?? null;
  } catch {
    return null;
  }
}

/**
 * Converts the library's errors, which quote the number and, in their request, the password. Ours
 * have only a code.
 */
function toSmsError(error: unknown): SmsRefused | SmsUnavailable {
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (typeof status !== 'number') return new SmsUnavailable(typeof code === 'string' ? code : 'unknown');
  const name = String(code ?? status);
  const reason = typeof code === 'number' ? numberRefusals.get(code) : undefined;
  if (reason) return new SmsRefused(reason, name);
  // 401, 403: a wrong password is not the text's fault, and may be corrected while the job still
  // tries.
  const mayPass = status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;
  return mayPass ? new SmsUnavailable(name) : new SmsRefused('other', name);
}
