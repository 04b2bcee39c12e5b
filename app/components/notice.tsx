import type { ReactNode } from 'react';

export type NoticeProps = {
  kind: 'info' | 'success' | 'error';
  title?: string;
  children?: ReactNode;
};

/** A kind word about what happened. Errors interrupt a screen reader (`alert`), the others wait (`status`). */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      {title ? <p className="notice-title">{title}</p> : null}
      {children ? <div>{children}</div> : null}
    </div>
  );
}
