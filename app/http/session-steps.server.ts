import type { AppClient } from './api.server.ts';

/**
 * What a browser that holds its own keys can do with its session: each step and the procedure behind it. Some need
 * the challenge that the browser's cookie has of a log-in waiting for its second factor.
 */
export const sessionSteps = {
  'log-in': (api: AppClient) => api.accounts.logInSealed.mutate,
  /** What a log-in that waits asks for. */
  wanted: (api: AppClient, challenge: string) => (_: null) => api.secondFactor.wanted.query({ challenge }),
  code: (api: AppClient, challenge: string) => (input: { code: string }) =>
    api.secondFactor.giveCode.mutate({ ...input, challenge }),
  /** In a field of its own: its challenge is the passkey's, and none for a cookie. */
  'ask-passkey': (api: AppClient, challenge: string) => async (_: null) => ({
    options: await api.secondFactor.askForPasskey.mutate({ challenge }),
  }),
  passkey: (api: AppClient, challenge: string) => (input: Omit<PasskeyInput, 'challenge'>) =>
    api.secondFactor.givePasskey.mutate({ ...input, challenge }),
  join: (api: AppClient) => api.accounts.joinSealed.mutate,
  'confirm-words': (api: AppClient) => api.accounts.confirmRecoveryPhraseSealed.mutate,
  reset: (api: AppClient) => api.accounts.resetSealed.mutate,
  afresh: (api: AppClient) => api.accounts.resetWithoutRecoverySealed.mutate,
  'change-password': (api: AppClient) => api.accounts.changePasswordSealed.mutate,
};

type PasskeyInput = Parameters<AppClient['secondFactor']['givePasskey']['mutate']>[0];
type Steps = typeof sessionSteps;

export type SessionStep = keyof Steps;
export type StepInput<Step extends SessionStep> = Parameters<ReturnType<Steps[Step]>>[0];
type StepResult<Step extends SessionStep> = Awaited<ReturnType<ReturnType<Steps[Step]>>>;

/** What only the browser's cookies may know. */
export const cookieParts = ['token', 'device', 'challenge'] as const;

/** What the page learns of a step. */
export type StepAnswer<Step extends SessionStep> = WithoutCookies<StepResult<Step>>;
type WithoutCookies<Result> = Result extends unknown ? Omit<Result, (typeof cookieParts)[number]> : never;
