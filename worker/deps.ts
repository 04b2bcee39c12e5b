import type { Deps } from '#server/deps.ts';

/** The part of the server's container that job handlers use. */
export type WorkerDeps = Pick<
  Deps,
  'stores' | 'queue' | 'mailer' | 'sms' | 'painter' | 'serverKeys' | 'log' | 'now'
> & { env: Pick<Deps['env'], 'APP_URL' | 'ADMIN_EMAIL'> };
