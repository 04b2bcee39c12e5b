import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { DAY, HOUR, inSeconds, MINUTE, SECOND } from '#core/durations.ts';
import { evaluateExpression } from './qstash-expression.ts';
import { signDelivery } from './qstash-signature.ts';

type State = 'CREATED' | 'ACTIVE' | 'DELIVERED' | 'ERROR' | 'RETRY' | 'FAILED' | 'CANCELED';

interface Message {
  messageId: string;
  url: string;
  body: Buffer;
  contentType: string;
  retries: number;
  retryDelay: string | undefined;
  failureCallback: string | undefined;
  flowKey: string | undefined;
  labels: string[];
  scheduleId: string | undefined;
  createdAt: number;
  retried: number;
  timer?: NodeJS.Timeout;
}

interface LogEntry {
  time: number;
  state: State;
  message: Message;
  nextDeliveryTime?: number;
}

interface DeadLetter {
  dlqId: string;
  message: Message;
  status: number;
  answer: string;
}

interface Schedule {
  scheduleId: string;
  cron: string;
  destination: string;
  timer: NodeJS.Timeout;
}

interface Flow {
  paused: boolean;
  parallelism: number;
  active: number;
  line: Message[];
}

export interface QstashServerOptions {
  /** How many times faster than QStash the clock for delays, retries and schedules runs. */
  speed: number;
}

/**
 * Speaks QStash's HTTP protocol on this machine: publish, delays, retries with their delay expression, failure
 * callbacks, dead letters, schedules, flow control, logs, deduplication and signatures.
 */
export class QstashServer {
  readonly token = randomBytes(16).toString('hex');
  keys = {
    current: `sig_${randomBytes(12).toString('hex')}`,
    next: `sig_${randomBytes(12).toString('hex')}`,
  };
  readonly deadLetters: DeadLetter[] = [];
  /** Each delivery is made so many times at once. */
  copies = 1;
  /** Every request of the SDK is cut off, as if QStash were away. */
  away = false;
  readonly #speed: number;
  readonly #logs: LogEntry[] = [];
  readonly #seen = new Map<string, string>();
  readonly #messages = new Map<string, Message>();
  readonly #schedules = new Map<string, Schedule>();
  readonly #flows = new Map<string, Flow>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #closed = false;

  constructor({ speed }: QstashServerOptions) {
    this.#speed = speed;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer } of [...this.#messages.values(), ...this.#schedules.values()]) clearTimeout(timer);
    for (const { timer } of this.#schedules.values()) clearInterval(timer);
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.away) {
      request.socket.destroy();
      return;
    }
    const body = await buffer(request);
    const send = (status: number, value: unknown = {}) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (request.headers.authorization !== `Bearer ${this.token}`) return send(401, { error: 'unauthorized' });
    const [path = '', search = ''] = (request.url ?? '').split('?');
    const [, , resource = '', ...rest] = path.split('/');
    const call = {
      method: request.method ?? '',
      rest,
      query: new URLSearchParams(search),
      headers: request.headers,
      body,
    };
    const result = this.#resource(resource, call);
    send(result === undefined ? 404 : 200, result ?? { error: 'not found' });
  }

  #resource(resource: string, call: Call): unknown {
    switch (resource) {
      case 'publish':
        return this.#publish(call.rest.join('/'), call);
      case 'events':
        return this.#listLogs(call.query);
      case 'messages':
        return this.#cancel(call.rest[0] ?? '');
      case 'dlq':
        return this.#dlq(call);
      case 'schedules':
        return this.#schedule(call);
      case 'flowControl':
        return this.#flowControl(call.rest);
      default:
        return undefined;
    }
  }

  #publish(url: string, { headers, body }: Pick<Call, 'headers' | 'body'>, scheduleId?: string): unknown {
    const header = (name: string) => headers[`upstash-${name}`]?.toString();
    const deduplicationId = header('deduplication-id');
    const twin = deduplicationId && this.#seen.get(deduplicationId);
    if (twin) return { messageId: twin, url, deduplicated: true };
    const flowKey = header('flow-control-key');
    const message: Message = {
      messageId: `msg_${randomBytes(12).toString('hex')}`,
      url,
      body,
      contentType: headers['content-type'] ?? '',
      retries: Number(header('retries') ?? 3),
      retryDelay: header('retry-delay'),
      failureCallback: header('failure-callback'),
      flowKey,
      labels: header('label')?.split(',') ?? [],
      scheduleId,
      createdAt: Date.now(),
      retried: 0,
    };
    if (deduplicationId) this.#seen.set(deduplicationId, message.messageId);
    const parallelism = /parallelism=(\d+)/.exec(header('flow-control-value') ?? '')?.[1];
    if (flowKey) this.#flow(flowKey).parallelism = Number(parallelism ?? 1000);
    this.#messages.set(message.messageId, message);
    const delay = (parseDuration(header('delay') ?? '0s') * 1000) / this.#speed;
    this.#log(message, 'CREATED', delay);
    this.#later(message, delay);
    return { messageId: message.messageId, url };
  }

  #later(message: Message, delay: number): void {
    message.timer = setTimeout(() => this.#enter(message), delay);
  }

  #enter(message: Message): void {
    if (this.#closed) return;
    const flow = message.flowKey ? this.#flow(message.flowKey) : undefined;
    if (flow && (flow.paused || flow.active >= flow.parallelism)) {
      flow.line.push(message);
      return;
    }
    if (flow) flow.active += 1;
    void this.#deliver(message).finally(() => {
      if (!flow) return;
      flow.active -= 1;
      this.#completeLogIn(flow);
    });
  }

  #completeLogIn(flow: Flow): void {
    while (!flow.paused && flow.active < flow.parallelism) {
      const next = flow.line.shift();
      if (!next) return;
      this.#enter(next);
    }
  }

  async #deliver(message: Message): Promise<void> {
    this.#log(message, 'ACTIVE');
    const send = () =>
      fetch(message.url, {
        method: 'POST',
        body: new Uint8Array(message.body),
        headers: {
          'content-type': message.contentType,
          'user-agent': 'Upstash-QStash',
          'upstash-signature': signDelivery(message.url, message.body, this.keys.current),
          'upstash-message-id': message.messageId,
          'upstash-retried': String(message.retried),
          ...(message.scheduleId ? { 'upstash-schedule-id': message.scheduleId } : {}),
        },
      })
        .then(async (response) => ({
          status: response.status,
          answer: await response.text(),
          final: response.headers.get('upstash-nonretryable-error') === 'true',
        }))
        .catch(() => ({ status: 0, answer: '', final: false }));
    const answers = await Promise.all(Array.from({ length: this.copies }, send));
    if (this.#closed) return;
    const outcome = answers.find(({ status }) => status >= 200 && status < 300) ?? answers[0];
    if (outcome && outcome.status >= 200 && outcome.status < 300) {
      this.#log(message, 'DELIVERED');
      this.#messages.delete(message.messageId);
    } else if (outcome) {
      this.#fail(message, outcome);
    }
  }

  #fail(
    message: Message,
    { status, answer, final }: { status: number; answer: string; final: boolean },
  ): void {
    this.#log(message, 'ERROR');
    if (!this.#messages.has(message.messageId)) return;
    if (message.retried < message.retries && !(final && status === 489)) {
      const expression = message.retryDelay ?? '1000 * min(86400, exp(2.5 * (retried + 1)))';
      const delay = evaluateExpression(expression, { retried: message.retried }) / this.#speed;
      message.retried += 1;
      this.#log(message, 'RETRY', delay);
      this.#later(message, delay);
      return;
    }
    this.#log(message, 'FAILED');
    this.#messages.delete(message.messageId);
    this.deadLetters.push({ dlqId: `dlq_${message.messageId}`, message, status, answer });
    if (message.failureCallback) this.#report(message, message.failureCallback, status, answer);
  }

  #report(message: Message, url: string, status: number, answer: string): void {
    const report = {
      status,
      body: Buffer.from(answer).toString('base64'),
      retried: message.retried,
      maxRetries: message.retries,
      dlqId: `dlq_${message.messageId}`,
      sourceMessageId: message.messageId,
      sourceBody: message.body.toString('base64'),
      url: message.url,
      method: 'POST',
      createdAt: message.createdAt,
    };
    const headers = {
      'content-type': 'application/json',
      'upstash-retries': '3',
      'upstash-retry-delay': '1000',
    };
    this.#publish(url, { headers, body: Buffer.from(JSON.stringify(report)) });
  }

  #log(message: Message, state: State, delay?: number): void {
    const entry: LogEntry = { time: Date.now(), state, message };
    if (delay) entry.nextDeliveryTime = entry.time + delay;
    this.#logs.push(entry);
  }

  #listLogs(query: URLSearchParams): unknown {
    const ids = query.getAll('messageIds');
    const labels = query.getAll('label');
    const found = this.#logs.filter(
      ({ message }) =>
        (ids.length === 0 || ids.includes(message.messageId)) &&
        (labels.length === 0 || labels.some((label) => message.labels.includes(label))) &&
        (query.get('url') ?? message.url) === message.url,
    );
    const start = Number(query.get('cursor') ?? 0);
    const end = start + Number(query.get('count') ?? 100);
    const events = found
      .toReversed()
      .slice(start, end)
      .map(({ message, time, state, nextDeliveryTime }) => ({
        time,
        state,
        nextDeliveryTime,
        messageId: message.messageId,
        url: message.url,
        body: message.body.toString('base64'),
      }));
    return { events, cursor: end < found.length ? String(end) : undefined };
  }

  #cancel(messageId: string): unknown {
    const message = this.#messages.get(messageId);
    if (!message) return undefined;
    clearTimeout(message.timer);
    this.#messages.delete(messageId);
    this.#log(message, 'CANCELED');
    return { cancelled: 1 };
  }

  #dlq({ method, rest, query }: Call): unknown {
    if (method === 'DELETE') {
      const at = this.deadLetters.findIndex(({ dlqId }) => dlqId === rest[0]);
      return at < 0 ? undefined : { deleted: this.deadLetters.splice(at, 1).length };
    }
    const found = this.deadLetters.filter(
      ({ message }) =>
        (query.get('messageId') ?? message.messageId) === message.messageId &&
        (query.get('url') ?? message.url) === message.url,
    );
    const messages = found.map(({ dlqId, message, status, answer }) => ({
      dlqId,
      messageId: message.messageId,
      url: message.url,
      body: message.body.toString('utf8'),
      maxRetries: message.retries,
      retryDelayExpression: message.retryDelay,
      responseStatus: status,
      responseBody: answer,
    }));
    return { messages };
  }

  #schedule(call: Call): unknown {
    const { method, rest, headers } = call;
    if (method === 'POST') {
      const destination = rest.join('/');
      const scheduleId =
        headers['upstash-schedule-id']?.toString() ?? `scd_${randomBytes(8).toString('hex')}`;
      const cron = headers['upstash-cron']?.toString() ?? '';
      clearInterval(this.#schedules.get(scheduleId)?.timer);
      const run = () => this.#publish(destination, call, scheduleId);
      const timer = setInterval(run, cronInterval(cron) / this.#speed);
      this.#schedules.set(scheduleId, { scheduleId, cron, destination, timer });
      return { scheduleId };
    }
    if (method === 'GET' && !rest[0])
      return [...this.#schedules.values()].map(({ timer: _, ...known }) => known);
    const schedule = this.#schedules.get(rest[0] ?? '');
    if (!schedule) return undefined;
    const { timer, ...known } = schedule;
    if (method === 'DELETE') {
      clearInterval(timer);
      this.#schedules.delete(schedule.scheduleId);
    }
    return known;
  }

  #flow(key: string): Flow {
    const flow = this.#flows.get(key) ?? { paused: false, parallelism: 1000, active: 0, line: [] };
    this.#flows.set(key, flow);
    return flow;
  }

  #flowControl([key = '', action]: string[]): unknown {
    if (!action && !this.#flows.has(key)) return undefined;
    const flow = this.#flow(key);
    if (action) flow.paused = action === 'pause';
    if (action === 'resume') this.#completeLogIn(flow);
    return { flowControlKey: key, isPaused: flow.paused, waitListSize: flow.line.length };
  }
}

interface Call {
  method: string;
  rest: string[];
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Seconds of `90s`, `5m`, `1h`, `2d`. */
function parseDuration(text: string): number {
  const units = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (!amount) throw new Error(`not a duration: ${text}`);
  return inSeconds(Number(amount) * units[unit as keyof typeof units]);
}

/** Milliseconds between two runs, for the expressions the adapter makes. */
function cronInterval(cron: string): number {
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron)?.[1];
  if (minutes) return Number(minutes) * MINUTE;
  const hours = /^0 \*\/(\d+) \* \* \*$/.exec(cron)?.[1];
  if (hours) return Number(hours) * HOUR;
  if (cron === '0 0 * * *') return DAY;
  throw new Error(`not a cron expression of ours: ${cron}`);
}
