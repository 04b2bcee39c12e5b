import type { Deps } from '#server/deps.ts';

/** What job handlers may use. The server's container has it all. */
export type WorkerDeps = Pick<
  Deps,
  'stores' | 'queue' | 'mailer' | 'sms' | 'painter' | 'serverKeys' | 'log' | 'now'
> & { env: Pick<Deps['env'], 'APP_URL' | 'ADMIN_EMAIL'> };
