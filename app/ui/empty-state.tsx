import type { ReactNode } from 'react';
import { type PictureName, PictureOf } from './pictures.tsx';

export type EmptyStateProps = {
  picture: PictureName;
  title: string;
  children?: ReactNode;
  /** Alternatives, as buttons or links. */
  actions?: ReactNode;
  /** `h1` on a page that has nothing else, such as an error. */
  heading?: 'h1' | 'h2';
};

export function EmptyState({ picture, title, children, actions, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <PictureOf name={picture} />
      <Heading className="empty-title">{title}</Heading>
      {children ? <div className="empty-text">{children}</div> : null}
      {actions ? <div className="button-row">{actions}</div> : null}
    </div>
  );
}
