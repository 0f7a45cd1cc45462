/** What a page of the site may load and do, in the words of Content-Security-Policy. */

/** Of EARLY_THEME, the one script that is inline; `content-policy.test.ts` says the right one after a change. */
const THEME_HASH = 'sha256-e2lQhFMMb6KoBMfkNDH6kVgeuY4+M384y1SCuROV8ko='

const DIRECTIVES: readonly (readonly [directive: string, sources: string])[] = [
  ['default-src', "'none'"],
  ['script-src', `'self' '${THEME_HASH}'`],
  ['style-src', "'self'"],
  ['img-src', "'self'"],
  ['connect-src', "'self'"],
  ['form-action', "'self'"],
  ['base-uri', "'none'"],
]

/** The policy that every page carries in a meta element: files of this host alone, and one inline script by its hash. */
export const META_POLICY = DIRECTIVES.map((directive) => directive.join(' ')).join('; ')

/** The policy for a server to send as a header: also, no other page may frame one of ours, which a meta element cannot ask. */
export const HEADER_POLICY = `${META_POLICY}; frame-ancestors 'none'`
