import { Form, Link } from '@remix-run/react';
import { SubmitButton } from '#app/ui/button.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { DraftSummary } from '#core/drafts/draft-view.ts';
import { titleOr } from '#core/letters/title-or.ts';

const actions = {
  trash: { label: 'Delete', kind: 'quiet' },
  restore: { label: 'Restore', kind: 'secondary' },
  discard: { label: 'Delete for good', kind: 'quiet' },
} as const;

export type DraftAction = keyof typeof actions;

/** A draft in its list, with what can be done to it. */
export function DraftEnvelope({ draft, offered }: { draft: DraftSummary; offered: readonly DraftAction[] }) {
  const timeZone = useTimeZone();
  return (
    <article className="envelope envelope-draft">
      <div className="envelope-body">
        <p className="envelope-person">
          {draft.to ? (
            <>
              <span className="envelope-preposition">To</span> {draft.to}
            </>
          ) : (
            'No friend chosen yet'
          )}
        </p>
        <h2 className="envelope-heading">
          <Link to={`/write?draft=${draft.id}`} className="envelope-link">
            <span className="envelope-line envelope-title">{titleOr(draft.title, 'Untitled')}</span>
          </Link>
        </h2>
        {draft.excerpt ? <p className="envelope-excerpt">{draft.excerpt}</p> : null}
        <p className="envelope-meta">
          <LetterDate at={draft.updatedAt} timeZone={timeZone} form="full" />
          {draft.photoCount > 0 ? (
            <span>{draft.photoCount === 1 ? '1 photo' : `${draft.photoCount} photos`}</span>
          ) : null}
        </p>
      </div>
      <Form method="post" className="envelope-side">
        {offered.map((action) => {
          const { label, kind } = actions[action];
          return (
            <SubmitButton
              key={action}
              name={action}
              value={draft.id}
              kind={kind}
              aria-label={`${label}: ${titleOr(draft.title, 'untitled draft')}`}
            >
              {label}
            </SubmitButton>
          );
        })}
      </Form>
    </article>
  );
}
