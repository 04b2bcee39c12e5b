import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';

/** A message as it was posted. */
export interface TwilioMessage {
  sid: string;
  to: string;
  body: string;
  messagingServiceSid: string;
  createdAt: Date;
}

/**
 * What befalls a request: an error answer, no answer at all, or a lost one. `taken`: the message was created all the same,
 * and only the answer was lost.
 */
export type TwilioFault =
  | { status: number; code?: number; html?: boolean }
  | { lost: 'hang' | 'drop'; taken: boolean };

const errors: Record<number, { status: number; message: (to: string) => string }> = {
  20003: { status: 401, message: () => 'Authenticate' },
  20404: { status: 404, message: () => 'The requested resource was not found' },
  21211: { status: 400, message: (to) => `Invalid 'To' Phone Number: ${to}` },
  21602: { status: 400, message: () => 'Message body is required.' },
  21604: { status: 400, message: () => "A 'To' phone number is required." },
  21610: { status: 400, message: () => 'Attempt to send to unsubscribed recipient' },
  21614: { status: 400, message: (to) => `'To' number is not a valid mobile number: ${to}` },
  21617: { status: 400, message: () => 'The concatenated message body exceeds the 1600 character limit' },
  21703: { status: 400, message: () => 'The Messaging Service does not exist' },
};

export const twilioAccount = {
  accountSid: `AC${'0123456789abcdef'.repeat(2)}`,
  authToken: 'the token of a test account',
  messagingServiceSid: `MG${'fedcba9876543210'.repeat(2)}`,
};

/** The SDK's own client, with nothing changed but the host. */
export function twilioClient(url: string, timeout: number): InstanceType<typeof twilio.RequestClient> {
  class LocalClient extends twilio.RequestClient {
    override request<Data>(options: Parameters<typeof twilio.RequestClient.prototype.request<Data>>[0]) {
      return super.request<Data>({ ...options, uri: options.uri.replace('https://api.twilio.com', url) });
    }
  }
  return new LocalClient({ timeout });
}

/** A server of the test's own that speaks Twilio's Messages API (2010-04-01): create and list. */
export class LocalTwilio {
  /** In the order they were created. */
  readonly messages: TwilioMessage[] = [];
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  /** Numbers whose owner has answered STOP. */
  readonly stopped = new Set<string>();
  readonly landlines = new Set<string>();
  /** Numbers to which a text is taken and then fails with this code, as behind a messaging service. */
  readonly failsLater = new Map<string, number>();
  /** Befall the next posts, one each. */
  readonly faults: TwilioFault[] = [];
  /** Befalls every request for as long as it is set. */
  outage: TwilioFault | null = null;
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  client(timeout = 1000): InstanceType<typeof twilio.RequestClient> {
    return twilioClient(this.url, timeout);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    let posted = '';
    for await (const chunk of request.setEncoding('utf8')) posted += chunk;
    const form = new URLSearchParams(posted);
    const fault = this.outage ?? (request.method === 'POST' ? this.faults.shift() : undefined);

    if (fault && 'lost' in fault) {
      if (fault.taken && !this.#refusal(request, url, form)) this.#create(form);
      if (fault.lost === 'drop') request.socket.destroy();
      return;
    }
    if (fault) return fail(response, fault.status, fault.code, 'Service unavailable', fault.html);
    const refusal = this.#refusal(request, url, form);
    if (refusal) {
      const { status, message } = errors[refusal] ?? { status: 500, message: () => 'Unknown' };
      return fail(response, status, refusal, message(form.get('To') ?? ''));
    }
    if (request.method === 'POST') return json(response, 201, resource(this.#create(form)));
    const sid = /\/Messages\/(\w+)\.json$/.exec(url.pathname)?.[1];
    const message = this.messages.find((known) => known.sid === sid);
    if (message) return json(response, 200, resource(message, this.failsLater.get(message.to) ?? null));
    json(response, 200, this.#page(url));
  }

  /** The code of what is wrong with a request, in the order in which Twilio looks. */
  #refusal(request: IncomingMessage, url: URL, form: URLSearchParams): number | undefined {
    const { accountSid, authToken, messagingServiceSid } = twilioAccount;
    const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    if (request.headers.authorization !== `Basic ${credentials}`) return 20003;
    const account = `/2010-04-01/Accounts/${accountSid}`;
    if (
      request.method === 'GET' &&
      this.messages.some(({ sid }) => url.pathname === `${account}/Messages/${sid}.json`)
    )
      return undefined;
    if (url.pathname !== `${account}/Messages.json`) return 20404;
    if (request.method !== 'POST') return undefined;
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') return 21604;
    const to = form.get('To') ?? '';
    if (!to) return 21604;
    if (!form.get('Body')) return 21602;
    if ((form.get('Body') ?? '').length > 1600) return 21617;
    if (form.get('MessagingServiceSid') !== messagingServiceSid) return 21703;
    if (!/^\+[1-9]\d{7,14}$/.test(to)) return 21211;
    if (this.landlines.has(to)) return 21614;
    return this.stopped.has(to) ? 21610 : undefined;
  }

  #create(form: URLSearchParams): TwilioMessage {
    const message: TwilioMessage = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      to: form.get('To') ?? '',
      body: form.get('Body') ?? '',
      messagingServiceSid: form.get('MessagingServiceSid') ?? '',
      createdAt: new Date(),
    };
    this.messages.push(message);
    return message;
  }

  /** The newest first. */
  #page(url: URL) {
    const to = url.searchParams.get('To');
    const found = this.messages.filter((message) => !to || message.to === to).reverse();
    const size = Number(url.searchParams.get('PageSize') ?? 50);
    return {
      messages: found.slice(0, size).map((message) => resource(message)),
      page: 0,
      page_size: size,
      start: 0,
      end: Math.min(size, found.length) - 1,
      uri: url.pathname,
      first_page_uri: url.pathname,
      next_page_uri: null,
      previous_page_uri: null,
    };
  }
}

/** A message as the API shows it; with a messaging service nothing but `accepted` is known at first. */
function resource(
  { sid, to, body, messagingServiceSid, createdAt }: TwilioMessage,
  errorCode: number | null = null,
) {
  const { accountSid } = twilioAccount;
  const at = createdAt.toUTCString().replace('GMT', '+0000');
  return {
    sid,
    to,
    body,
    account_sid: accountSid,
    messaging_service_sid: messagingServiceSid,
    from: null,
    status: errorCode ? 'failed' : 'accepted',
    direction: 'outbound-api',
    num_segments: '0',
    num_media: '0',
    price: null,
    price_unit: null,
    error_code: errorCode,
    error_message: null,
    api_version: '2010-04-01',
    date_created: at,
    date_updated: at,
    date_sent: null,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
    subresource_uris: {},
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, status: number, code = 20500, message = '', html = false): void {
  // A proxy in front of the service answers in its own words.
  if (html) response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  else
    json(response, status, {
      code,
      message,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    });
}
