import type { Bytes } from '#core/bytes.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import type { AppClient, LocalAccess } from '../local-client.ts';
import type { BodyKind } from '../memory/hold-body.ts';
import type { LargeRequest, MemoryReservation } from '../memory/memory-budget.ts';

/**
 * The server's interface for loaders and actions. It is the only bridge between the running server
 * and the Remix bundle, which is a module graph of its own.
 */
export interface LoadContext {
  /** For the script elements of this one page. */
  cspNonce: string;
  /** Subresource Integrity hashes of the built files, by address; empty in development. */
  integrity: Record<string, string>;
  /** The id in the log and in the `X-Request-Id` header. */
  requestId: string;
  /** Absolute address of this installation, without a trailing slash. */
  appUrl: string;
  /**
   * Whether cookies are `Secure` and named `__Host-…`: when the installation is served over HTTPS.
   */
  secureCookies: boolean;
  /** The pending login's challenge, from the request's cookie. */
  challenge: string | null;
  /** The friend code of an invited visitor, from the request's cookie. */
  invitation: string | null;
  /** Calls the procedures in this process as the request's user; one client per request. */
  client(): Promise<AppClient>;
  /**
   * Opens the logged-in user's keys, with that client; null in a sealed session, whose keys are
   * only in the browser.
   */
  access(): Promise<LocalAccess | null>;
  /** Logs that something sealed did not authenticate when it was opened with these keys. */
  reportDamaged(what: 'draft' | 'letter' | 'photo' | 'stamp', where: DamagedPlace): void;
  /**
   * Prepares a photo for the logged-in user, counted against their processor seconds.
   *
   * @throws PhotoRefused with a sentence for the user
   */
  preparePhoto(file: Bytes): Promise<PreparedPhoto>;
  /**
   * Streams the logged-in user's data as a ZIP, decrypted while it is read; call `exports.begin`
   * first. It is not a procedure, because its answer is a stream.
   */
  openArchive(): Promise<ReadableStream<Uint8Array>>;
  /** Reserves process memory for a body before it is read. Shared with the procedures' bodies. */
  reserveMemoryFor(kind: BodyKind, body: LargeRequest): Promise<MemoryReservation | null>;
  /**
   * Parses text written by the page's script, as the procedures do; undefined for anything the
   * script cannot have written.
   */
  readInput(text: string): unknown;
  handleTrpc(request: Request): Promise<Response>;
  /** The mails that would have been sent, newest first; null unless they stay on this machine. */
  localMailbox: (() => Promise<LocalMail[]>) | null;
}

interface DamagedPlace {
  letterId?: string;
  draftId?: string;
  n?: number | string;
}

export interface LocalMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  sentAt: Date;
}
