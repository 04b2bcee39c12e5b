import { Form } from '@remix-run/react';
import { ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading, PageShell } from '#app/ui/page-shell.tsx';
import { captionField } from './captions.ts';
import { EnterSaves } from './enter-saves.tsx';
import type { LeftSheet } from './read-writing.server.ts';
import { StampIdeaField } from './stamp-idea-field.tsx';
import { TextFields } from './text-fields.tsx';

/** What somebody wrote who was logged out before it could be sent or saved: all of it, ready to go once they are back. */
export function LoggedOutDesk({ sheet }: { sheet: Omit<LeftSheet, 'photos' | 'savedAt'> }) {
  return (
    <PageShell person={null} width="reading">
      <title>Write · Project BFF</title>
      <PageHeading title="You were logged out" />
      <Notice kind="error" title="Nothing was sent, and nothing is lost" focusOn={sheet}>
        <p>
          <a href="/login" target="_blank" rel="noreferrer">
            Log in on a new page
          </a>
          , then come back to this one and press the button again. Photos you had just added have to be chosen
          once more.
        </p>
      </Notice>
      <Form
        method="post"
        action="/write"
        encType="multipart/form-data"
        className="form writing"
        noValidate
        reloadDocument
      >
        <EnterSaves />
        <input type="hidden" name="author" value={sheet.author} />
        <input type="hidden" name="letterId" value={sheet.id} />
        <input type="hidden" name="version" value={sheet.version} />
        <input type="hidden" name="to" value={sheet.to} />
        {sheet.photoOrder.map((photoId) => (
          <input key={photoId} type="hidden" name={captionField(photoId)} value={sheet.captions[photoId]} />
        ))}
        {sheet.removePhotoIds.map((photoId) => (
          <input key={photoId} type="hidden" name="removePhoto" value={photoId} />
        ))}
        <TextFields sheet={sheet} />
        {sheet.stampIdea === undefined ? null : <StampIdeaField idea={sheet.stampIdea} />}
        <ButtonRow>
          <SubmitButton name="intent" value="send">
            Seal and send
          </SubmitButton>
          <SubmitButton name="intent" value="save" kind="secondary">
            Save as draft
          </SubmitButton>
        </ButtonRow>
      </Form>
    </PageShell>
  );
}
