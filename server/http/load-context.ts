import type { Bytes } from '#core/bytes.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import type { AppClient, LocalAccess } from '../local-client.ts';
import type { BodyKind } from '../memory/hold-body.ts';
import type { LargeRequest, MemoryReservation } from '../memory/memory-budget.ts';

/**
 * What a loader or action is handed of the server: the only bridge between the Remix bundle, which is a module graph of
 * its own, and the running server.
 */
export interface LoadContext {
  /** For the script elements of this one page. */
  cspNonce: string;
  /** Hashes of the built files by their address, as in Subresource Integrity; empty while sources are served. */
  integrity: Record<string, string>;
  /** The same as in the log and in the `X-Request-Id` header. */
  requestId: string;
  /** Absolute address of this installation, without a trailing slash. */
  appUrl: string;
  /** Cookies are marked `Secure` and named `__Host-…` when the installation is served over HTTPS. */
  secureCookies: boolean;
  /** The log-in that waits for its second factor, from the request's cookie. */
  challenge: string | null;
  /** The friend code of a person who has yet to join, from the request's cookie. */
  invitation: string | null;
  /** The procedures, called in this process as the user whose cookie the request carries; one client for the whole request. */
  client(): Promise<AppClient>;
  /** The keys of the person who is logged in, with that client; null in a sealed session, whose keys are in the browser alone. */
  access(): Promise<LocalAccess | null>;
  /** Tells the operator's log of something that was opened with these keys and is not as it was sealed. */
  reportDamaged(what: 'draft' | 'letter' | 'photo' | 'stamp', where: DamagedPlace): void;
  /**
   * Prepares a photo for the person who is logged in, at the cost of their seconds.
   * @throws PhotoRefused with a sentence for them
   */
  preparePhoto(file: Bytes): Promise<PreparedPhoto>;
  /**
   * Everything of the person who is logged in, as a ZIP that is opened while it is read; only after `exports.begin`.
   * It is not a procedure, because it is a stream for its owner alone, with no answer in between.
   */
  openArchive(): Promise<ReadableStream<Uint8Array>>;
  /** Room in the process's memory for a body that is about to be read, shared with the procedures' bodies. */
  reserveMemoryFor(kind: BodyKind, body: LargeRequest): Promise<MemoryReservation | null>;
  /**
   * Reads what the page's script has written, as the procedures do; undefined for anything it cannot have written.
   */
  readInput(text: string): unknown;
  /** Answers a tRPC request over HTTP. */
  handleTrpc(request: Request): Promise<Response>;
  /** The mails that would have been sent, newest first; null unless they stay on this machine. */
  localMailbox: (() => Promise<LocalMail[]>) | null;
}

/** Where something damaged is, for the operator's log. */
interface DamagedPlace {
  letterId?: string;
  draftId?: string;
  /** Which photo. */
  n?: number | string;
}

export interface LocalMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  sentAt: Date;
}
