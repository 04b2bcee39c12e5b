import type { MetaDescriptor } from '@remix-run/node';

const title = 'You’re invited to write letters';
const description =
  'Someone would like to write to you: real letters, sealed so that only the two of you can read them.';

/**
 * Describes the page of an invitation, also for previews of its link. They say nothing of its
 * maker: a chat shows them to everyone in it.
 */
export function describeInvitation(appUrl: string | undefined): MetaDescriptor[] {
  return [
    { title: 'An invitation · Project BFF' },
    { name: 'description', content: description },
    { name: 'robots', content: 'noindex' },
    { property: 'og:type', content: 'website' },
    { property: 'og:site_name', content: 'Project BFF' },
    { property: 'og:title', content: title },
    { property: 'og:description', content: description },
    ...(appUrl ? [{ property: 'og:image', content: `${appUrl}/invitation.png` }] : []),
    { property: 'og:image:width', content: '1200' },
    { property: 'og:image:height', content: '630' },
    { property: 'og:image:alt', content: 'An airmail envelope with a stamp' },
    { name: 'twitter:card', content: 'summary_large_image' },
  ];
}
