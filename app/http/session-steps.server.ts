import type { AppCaller } from './api.server.ts';

/**
 * What a browser that holds its own keys can do with its session: each step and the procedure behind it. Some need
 * the challenge that the browser's cookie has of a log-in waiting for its second factor.
 */
export const sessionSteps = {
  'log-in': (api: AppCaller) => api.accounts.logInSealed,
  /** What a log-in that waits asks for. */
  wanted: (api: AppCaller, challenge: string) => (_: null) => api.secondFactor.wanted({ challenge }),
  code: (api: AppCaller, challenge: string) => (input: { code: string }) =>
    api.secondFactor.giveCode({ ...input, challenge }),
  /** In a field of its own: its challenge is the passkey's, and none for a cookie. */
  'ask-passkey': (api: AppCaller, challenge: string) => async (_: null) => ({
    options: await api.secondFactor.askForPasskey({ challenge }),
  }),
  passkey: (api: AppCaller, challenge: string) => (input: Omit<PasskeyInput, 'challenge'>) =>
    api.secondFactor.givePasskey({ ...input, challenge }),
  join: (api: AppCaller) => api.accounts.joinSealed,
  'confirm-words': (api: AppCaller) => api.accounts.confirmWordsSealed,
  reset: (api: AppCaller) => api.accounts.resetSealed,
  afresh: (api: AppCaller) => api.accounts.startAfreshSealed,
  'change-password': (api: AppCaller) => api.accounts.changePasswordSealed,
};

type PasskeyInput = Parameters<AppCaller['secondFactor']['givePasskey']>[0];
type Steps = typeof sessionSteps;

export type SessionStep = keyof Steps;
export type StepInput<Step extends SessionStep> = Parameters<ReturnType<Steps[Step]>>[0];
type StepResult<Step extends SessionStep> = Awaited<ReturnType<ReturnType<Steps[Step]>>>;

/** What only the browser's cookies may know. */
export const cookieParts = ['token', 'device', 'challenge'] as const;

/** What the page learns of a step. */
export type StepAnswer<Step extends SessionStep> = WithoutCookies<StepResult<Step>>;
type WithoutCookies<Result> = Result extends unknown ? Omit<Result, (typeof cookieParts)[number]> : never;
