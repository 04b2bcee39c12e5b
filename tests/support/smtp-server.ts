import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  raw: string;
}

/** A mail server on this machine that can be told what to answer. */
export class LocalSmtp {
  readonly received: ReceivedMail[] = [];
  /** Answered to the receiver's address, when set. */
  rejectReceiver: { code: number; message: string } | undefined;
  /** Answered to the content, when set. */
  rejectContent: { code: number; message: string } | undefined;
  /** The one user and password that are let in; without them everybody is. */
  readonly #login: { user: string; pass: string } | undefined;
  #server: SMTPServer | undefined;
  #port = 0;

  /** Offers STARTTLS with it, when given. */
  readonly #certificate: { key: string; cert: string } | undefined;

  constructor(login?: { user: string; pass: string }, certificate?: { key: string; cert: string }) {
    this.#login = login;
    this.#certificate = certificate;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** Starts it, or starts it anew on the same port. */
  async start(): Promise<this> {
    const server = new SMTPServer({
      authOptional: !this.#login,
      disabledCommands: [...(this.#certificate ? [] : ['STARTTLS']), ...(this.#login ? [] : ['AUTH'])],
      ...this.#certificate,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        const known = username === this.#login?.user && password === this.#login?.pass;
        done(
          known ? null : asReply({ code: 535, message: 'wrong password' }),
          known ? { user: username } : undefined,
        );
      },
      onRcptTo: (_address, _session, done) => done(asReply(this.rejectReceiver)),
      onData: async (stream, session, done) => {
        const raw = (await buffer(stream)).toString('utf8');
        if (this.rejectContent) return done(asReply(this.rejectContent));
        const { mailFrom, rcptTo } = session.envelope;
        this.received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw,
        });
        done();
      },
    });
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function asReply(rejection: { code: number; message: string } | undefined): Error | null {
  return rejection ? Object.assign(new Error(rejection.message), { responseCode: rejection.code }) : null;
}
