import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';
import { limits } from '#core/schemas/limits.ts';

export function SpentLink() {
  return (
    <Page width="form">
      <EmptyState
        picture="lost"
        title="This link no longer works"
        heading="h1"
        actions={<ButtonLink to="/forgot">Get a new link</ButtonLink>}
      >
        <p>Each link works once, for {limits.resetLinkHours} hours.</p>
      </EmptyState>
    </Page>
  );
}
