import { Form, type FormProps, useActionData, useNavigate, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Bytes } from '#core/bytes.ts';
import type { browserApi } from '../browser/browser-api.ts';
import type { FormProblem as Problem } from '../http/errors.server.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { FormStateProvider } from '../ui/form-state.ts';
import { ScriptLate } from '../ui/script-late.tsx';
import { SealedForm } from '../ui/sealed-fields.tsx';
import { useIsHydrated } from '../ui/use-is-hydrated.ts';
import { useMended } from '../ui/use-mended.ts';
import { InsecureContext, useIsInsecure } from './insecure-context.tsx';
import { ScriptIsOff } from './script-is-off.tsx';
import type { Refusal } from './task-form.server.ts';
import { useSealedUsername } from './use-sealed-username.ts';
import { useSealing } from './use-sealing.ts';

interface BrowserTask {
  api: typeof browserApi;
  fields: Record<string, string>;
  /** The user of the sealed session; empty where there is none. */
  username: string;
  /**
   * Proves the password in the field `current`. In a sealed session that field never leaves the
   * page.
   */
  prove(): Promise<{ authKey: Bytes } | { password: string }>;
}

/** Where a task leads: `load` drops this page from memory, `navigate` stays within the app. */
export type Next = { load: string } | { navigate: string };

/**
 * Does in the browser what the route's action does on the server, and returns where to go next, if
 * anywhere.
 */
export type RunInBrowser = (task: BrowserTask) => Promise<Next | undefined> | Promise<void>;

export interface TaskFormProps {
  /**
   * Chooses between the plain form, which the browser posts to the route's action, and the sealed
   * one, which a script runs. `plain` and `script` always render that one. `visitor` renders plain
   * in `<noscript>` beside the script's, and `user` follows the session.
   */
  kind: 'plain' | 'script' | 'visitor' | 'user';
  run?: RunInBrowser;
  plain?: ReactNode;
  /** A problem from before anything was submitted. */
  problem?: Problem | null;
  /** Whether the page itself shows that problem, such as with {@link PostProblem}. */
  problemShown?: boolean;
  /** False where no key is derived from a password. */
  derives?: boolean;
  className?: string;
  posting?: Pick<FormProps, 'action' | 'reloadDocument'>;
  before?: ReactNode;
  /** The fields and buttons, declared once for both forms. */
  children: ReactNode;
}

/** A form that works in either mode. It decides which of its forms a page shows. */
export function TaskForm(props: TaskFormProps) {
  const isSealed = useSealedUsername() !== null;
  const plain = props.plain ?? <PlainForm {...props} />;
  if (props.kind === 'visitor') return <EitherForm plain={plain} sealed={<ScriptForm {...props} />} />;
  return props.kind === 'script' || (props.kind === 'user' && isSealed) ? <ScriptForm {...props} /> : plain;
}

/** Shows why the last post was refused, for a page whose form is far below. */
export function PostProblem() {
  return <FormProblem problem={useRefusal()?.problem} />;
}

function useRefusal(): Partial<Refusal> | undefined {
  return useActionData<Partial<Refusal>>();
}

const plainly = 'turn JavaScript off for this site. It works without it, too.';

/**
 * Renders the sealed form with the script, so that nothing can be posted before it is ready. Over
 * plain http, browsers lack what it needs, and the page says so instead.
 */
function EitherForm({ plain, sealed }: { plain: ReactNode; sealed: ReactNode }) {
  const isHydrated = useIsHydrated();
  const isInsecure = useIsInsecure();
  return (
    <>
      <noscript>{plain}</noscript>
      {isInsecure ? <InsecureContext /> : isHydrated ? sealed : <ScriptLate otherwise={plainly} />}
    </>
  );
}

function PlainForm(props: TaskFormProps) {
  const { className = 'form', posting, before, children } = props;
  const refused = useRefusal();
  const problem = refused?.problem ?? props.problem;
  const busy = useNavigation().state !== 'idle';
  const { wrong, onInput } = useMended(problem);
  return (
    <FormStateProvider value={{ wrong, typed: refused?.typed ?? {}, busy }}>
      {props.problemShown ? null : <FormProblem problem={problem} wrong={wrong} />}
      {before}
      <Form method="post" className={className} noValidate onInput={onInput} {...posting}>
        {children}
      </Form>
    </FormStateProvider>
  );
}

function ScriptForm({ run, className = 'form', derives = true, before, children, ...props }: TaskFormProps) {
  const username = useSealedUsername();
  const navigate = useNavigate();
  const { busy, problem, onSeal } = useSealing(async (given) => {
    const { browserApi: api } = await import('../browser/browser-api.ts');
    const fields = Object.fromEntries([...given].map(([name, value]) => [name, String(value)]));
    const prove = async () => {
      const { current = '' } = fields;
      if (username === null) return { password: current };
      return (await import('../browser/session/prove-password.ts')).proofOf(username, current);
    };
    const next = await run?.({ api, fields, username: username ?? '', prove });
    if (!next) return 'staying';
    if ('load' in next) location.assign(next.load);
    else navigate(next.navigate);
    return 'leaving';
  });
  const { wrong, onInput } = useMended(problem);
  const shown = problem ?? (props.problemShown ? null : props.problem);
  return (
    <FormStateProvider value={{ wrong, typed: {}, busy }}>
      <ScriptIsOff />
      <FormProblem problem={shown} wrong={shown === problem ? wrong : undefined} />
      {before}
      <SealedForm
        className={className}
        onInput={onInput}
        onSeal={onSeal}
        deriving={derives ? busy : undefined}
      >
        {children}
      </SealedForm>
    </FormStateProvider>
  );
}
