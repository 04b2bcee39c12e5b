import { Link } from '@remix-run/react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useFormState } from './form-state.ts';
import { useFieldName, useIsSealed } from './sealed-fields.tsx';
import { useIsHydrated } from './use-is-hydrated.ts';

type Kind = 'primary' | 'secondary' | 'quiet' | 'danger';

export type SubmitButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'> & {
  children: ReactNode;
  kind?: Kind;
  /**
   * True while the form is being submitted (by default from the form). Shows `pendingLabel` and
   * ignores further presses.
   */
  pending?: boolean;
  pendingLabel?: string;
};

/** Submits its form. `name` and `value` distinguish several buttons (`intent=send|save`). */
export function SubmitButton({
  children,
  kind = 'primary',
  pending: own,
  pendingLabel,
  name,
  ...rest
}: SubmitButtonProps) {
  const { busy } = useFormState();
  const pending = own ?? busy;
  const naming = useFieldName(name);
  // A form for the script must not be submitted without it and lose what was typed.
  const [hydrated, sealed] = [useIsHydrated(), useIsSealed()];
  return (
    <button
      {...naming}
      {...rest}
      type="submit"
      disabled={rest.disabled || (sealed && !hydrated)}
      className={`button button-${kind}`}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        // aria-disabled, because a disabled button loses the focus and drops its name and value.
        if (pending) event.preventDefault();
        else rest.onClick?.(event);
      }}
    >
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
}

type ButtonLinkProps = { to: string; children: ReactNode; kind?: Kind };

/** A link that looks like a button, for going somewhere rather than doing something. */
export function ButtonLink({ to, children, kind = 'secondary' }: ButtonLinkProps) {
  return (
    <Link to={to} className={`button button-${kind}`}>
      {children}
    </Link>
  );
}

export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="button-row">{children}</div>;
}
