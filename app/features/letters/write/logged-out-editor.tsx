import { Form } from '@remix-run/react';
import { SubmitButton } from '#app/ui/button.tsx';
import { PageHeading, PageShell } from '#app/ui/page-shell.tsx';
import { DefaultSubmit } from './default-submit.tsx';
import { arrivalFields, photoField } from './draft-form.ts';
import { LoggedOut } from './editor-frame.tsx';
import type { PostedForm } from './read-posted-form.server.ts';
import { StampIdeaField } from './stamp-idea-field.tsx';
import { TextFields } from './text-fields.tsx';

type LeftForm = Pick<PostedForm, 'author' | 'draftId' | 'version' | 'words' | 'removePhotoIds'>;

/**
 * The editor of a user who was logged out before their letter was saved, with everything they
 * wrote.
 */
export function LoggedOutEditor({ left }: { left: LeftForm }) {
  const { words } = left;
  return (
    <PageShell person={null} width="reading">
      <title>Write · Project BFF</title>
      <PageHeading title="You were logged out" />
      <LoggedOut focusOn={left}> You’ll need to choose the photos you just added again.</LoggedOut>
      <Form
        method="post"
        action="/write"
        encType="multipart/form-data"
        className="writing"
        noValidate
        reloadDocument
      >
        <DefaultSubmit />
        <input type="hidden" name="author" value={left.author} />
        <input type="hidden" name="letterId" value={left.draftId} />
        <input type="hidden" name="version" value={left.version} />
        <input type="hidden" name="to" value={words.to} />
        {words.photoOrder.map((photoId) => (
          <input
            key={photoId}
            type="hidden"
            name={photoField('caption', photoId)}
            value={words.captions[photoId]}
          />
        ))}
        {Object.entries(words.altTexts ?? {}).map(([photoId, alt]) => (
          <input key={photoId} type="hidden" name={photoField('alt', photoId)} value={alt} />
        ))}
        {words.inReplyTo ? <input type="hidden" name="inReplyTo" value={words.inReplyTo} /> : null}
        {words.stamp ? <input type="hidden" name="stamp" value={words.stamp} /> : null}
        {Object.entries(arrivalFields(words.arrival)).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {Object.entries(words.stationery ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {left.removePhotoIds.map((photoId) => (
          <input key={photoId} type="hidden" name="removePhoto" value={photoId} />
        ))}
        <div className="sheet writing-sheet">
          <TextFields draft={words} />
          {words.stampIdea === undefined ? null : <StampIdeaField idea={words.stampIdea} />}
        </div>
        <div className="writing-bar">
          <div className="writing-buttons">
            <SubmitButton name="intent" value="save" kind="secondary">
              Save as draft
            </SubmitButton>
            <SubmitButton name="intent" value="send">
              Seal and send
            </SubmitButton>
          </div>
        </div>
      </Form>
    </PageShell>
  );
}
