import { type ReactNode, useEffect, useRef } from 'react';

type NoticeProps = {
  kind: 'info' | 'success' | 'error';
  title?: string;
  /** Focuses the notice whenever this object changes: the pressed button may be screens away. */
  focusOn?: object | undefined;
  children?: ReactNode;
};

/**
 * A message about what happened. Errors interrupt a screen reader (`alert`), the others wait
 * (`status`).
 */
export function Notice({ kind, title, focusOn, children }: NoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focusOn) box.current?.focus();
  }, [focusOn]);
  return (
    <div
      ref={box}
      className={`notice notice-${kind}`}
      role={kind === 'error' ? 'alert' : 'status'}
      tabIndex={focusOn ? -1 : undefined}
      // biome-ignore lint/a11y/noAutofocus: without a script the browser brings it into sight
      autoFocus={focusOn !== undefined}
    >
      {title ? <p className="notice-title">{title}</p> : null}
      {children ? <div>{children}</div> : null}
    </div>
  );
}
