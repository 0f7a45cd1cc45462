/** What the links of a text lead to. */
import { type KernelPlace, readKernelLink } from '#lib/model/places.ts'
import { isSubjectUrl } from '#lib/model/subject.ts'
import { type ProseKind, SCHEMES } from '#lib/prose/kinds.ts'

/** What the address of a link means. */
export type Target =
  /** A place of the kernel's source; release null: of the newest release that has it. */
  | { readonly to: 'kernel'; readonly release: string | null; readonly place: KernelPlace }
  /** One of our texts; fragment null: its beginning. */
  | {
      readonly to: 'text'
      readonly kind: ProseKind
      readonly slug: string
      readonly fragment: string | null
    }
  | { readonly to: 'kfunc'; readonly name: string }
  | { readonly to: 'release'; readonly id: string }
  | { readonly to: 'heading'; readonly id: string }
  | { readonly to: 'outside'; readonly url: string }
  /** No place: what a date is about, which is printed instead of the link. */
  | { readonly to: 'date' }
  /** No place: why the text names a release itself. */
  | { readonly to: 'mark'; readonly reason: string }
  /** An address that none of the forms fits. */
  | { readonly to: 'unknown' }

/** Reads the address of a link. */
export function readTarget(url: string): Target {
  if (isSubjectUrl(url)) return { to: 'date' }
  const [, scheme = '', rest = ''] = /^([a-z]+):(.+)$/s.exec(url) ?? []
  if (scheme === 'kernel') {
    const read = readKernelLink(url)
    return read ? { to: 'kernel', ...read } : { to: 'unknown' }
  }
  const kind = SCHEMES.get(scheme)
  if (kind) {
    const [, slug = '', fragment = null] = /^([^#]+)(?:#(.+))?$/.exec(rest) ?? []
    return { to: 'text', kind, slug, fragment }
  }
  if (scheme === 'dated') return { to: 'mark', reason: rest }
  if (scheme === 'kfunc') return { to: 'kfunc', name: rest }
  if (scheme === 'release') return { to: 'release', id: rest }
  if (url.startsWith('#') && url.length > 1) return { to: 'heading', id: url.slice(1) }
  return /^https:\/\/[\w.-]+\.[a-z]+(?:\/|$)/.test(url) ? { to: 'outside', url } : { to: 'unknown' }
}
