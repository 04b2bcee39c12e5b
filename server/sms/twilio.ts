import type { RequestClient, Twilio } from 'twilio';
import { MINUTE, SECOND } from '#core/durations.ts';
import type { SmsRefusalReason } from '#core/schemas/notifications.ts';
import { SmsRefused, type SmsSender, SmsUnavailable, type TextMessage } from './sms-sender.ts';

interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** Its pool of senders is texted from, and keeps account of who said stop. */
  messagingServiceSid: string;
  /** Milliseconds to wait for an answer. Default 10,000. */
  timeout?: number;
  /** Makes the requests; tests hand in one that goes to a server of their own. */
  httpClient?: RequestClient;
}

/** https://www.twilio.com/docs/api/errors: who said stop, and what is no number that takes texts. */
const numberRefusals = new Map<number, SmsRefusalReason>([
  [21610, 'stopped'],
  [21211, 'bad-number'],
  [21614, 'bad-number'],
]);

/** The connection was never made, so nothing can have been sent. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const RECENT = 20;
const RECENT_MS = MINUTE;

/**
 * Sends texts by Twilio's Messages API through its SDK, which is loaded with the first text.
 *
 * Twilio knows no idempotency key. When its answer is lost, the text is therefore looked for among the latest ones to that
 * number, and only if it is not there the caller is told to try again. A messaging service takes a text before it has
 * looked whether its receiver has said stop, so that is also to be learnt afterwards.
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
  // A CommonJS package: only its default export is there under Node's modules.
  const { default: twilio } = await import('twilio');
  return twilio(accountSid, authToken, { httpClient: httpClient ?? new twilio.RequestClient({ timeout }) });
}

/** The id of the text if it is among the latest ones to its number. */
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

/** The library's errors quote the number and, in their request, the password; ours carry a code alone. */
function toSmsError(error: unknown): SmsRefused | SmsUnavailable {
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (typeof status !== 'number') return new SmsUnavailable(typeof code === 'string' ? code : 'unknown');
  const name = String(code ?? status);
  const reason = typeof code === 'number' ? numberRefusals.get(code) : undefined;
  if (reason) return new SmsRefused(reason, name);
  // 401, 403: a wrong password is no fault of the text's, and may be put right while the job still tries.
  const mayPass = status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;
  return mayPass ? new SmsUnavailable(name) : new SmsRefused('other', name);
}
