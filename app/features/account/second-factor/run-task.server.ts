import type { AppClient } from '#app/http/api.server.ts';
import type { TaskName } from './tasks.ts';

interface Given {
  current: string;
  code: string;
  name: string;
  id: string;
}

/**
 * The procedure behind each task that a plain form can do, and the next task. Codes are shown
 * immediately, and only once.
 */
export const tasks: Partial<
  Record<TaskName, (api: AppClient, given: Given) => Promise<{ codes: string[] | null; next?: TaskName }>>
> = {
  async app(api, given) {
    await api.secondFactor.beginApp.mutate(proofOf(given));
    return { codes: null, next: 'confirm' };
  },
  confirm: (api, { code }) => api.secondFactor.confirmApp.mutate({ code }),
  async 'no-app'(api, given) {
    await api.secondFactor.removeApp.mutate(proofOf(given));
    return { codes: null };
  },
  codes: (api, given) => api.secondFactor.renewCodes.mutate(proofOf(given)),
  async 'rename-passkey'(api, { id, name }) {
    await api.secondFactor.renamePasskey.mutate({ id, name });
    return { codes: null };
  },
  async 'no-passkey'(api, given) {
    await api.secondFactor.removePasskey.mutate({ id: given.id, ...proofOf(given) });
    return { codes: null };
  },
};

const proofOf = ({ current, code }: Given) => ({ proof: { password: current }, code });
