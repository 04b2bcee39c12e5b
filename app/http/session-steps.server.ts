import type { AppClient } from './api.server.ts';

/**
 * The session steps of a browser that holds its own keys, and the procedure behind each. Some need
 * the challenge in the cookie of a login that waits for its second factor.
 */
export const sessionSteps = {
  'log-in': (api: AppClient) => api.accounts.logInSealed.mutate,
  /** Returns what a pending login still requires. */
  wanted: (api: AppClient, challenge: string) => (_: null) => api.secondFactor.wanted.query({ challenge }),
  code: (api: AppClient, challenge: string) => (input: { code: string }) =>
    api.secondFactor.giveCode.mutate({ ...input, challenge }),
  /** Wrapped in a field: its challenge is the passkey's, and not for a cookie. */
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

/** The parts of an answer that go into cookies only. */
export const cookieParts = ['token', 'device', 'challenge'] as const;

export type StepAnswer<Step extends SessionStep> = WithoutCookies<StepResult<Step>>;
type WithoutCookies<Result> = Result extends unknown ? Omit<Result, (typeof cookieParts)[number]> : never;
