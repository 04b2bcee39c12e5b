import type { Deps } from '#server/deps.ts';

/** What job handlers may use. The server's container has it all. */
export interface WorkerDeps
  extends Pick<Deps, 'queue' | 'mailer' | 'sms' | 'painter' | 'serverKeys' | 'log' | 'now'> {
  env: Pick<Deps['env'], 'APP_URL'>;
  stores: Pick<
    Deps['stores'],
    | 'letters'
    | 'users'
    | 'tokens'
    | 'photos'
    | 'friendships'
    | 'notices'
    | 'noticeSettings'
    | 'mobileCodes'
    | 'stampIdeas'
    | 'stampPictures'
  >;
}
