import type { SourceRef } from '#lib/model/published.ts'

/** The web view of the kernel's source. It carries mainline and stable tags alike, with a page per line and identifier. */
const ELIXIR = 'https://elixir.bootlin.com/linux'

/** The address of a place in the kernel's source at exactly `tag` ("v7.3.4"). */
export function sourceUrl(tag: string, at: SourceRef): string {
  return `${fileUrl(tag, at.path)}#L${at.line}`
}

/** The address of a file of the kernel's source at exactly `tag`. */
export function fileUrl(tag: string, path: string): string {
  return `${ELIXIR}/${tag}/source/${path}`
}

/** The address of all that the kernel's source says of an identifier at exactly `tag`. */
export function identifierUrl(tag: string, identifier: string): string {
  return `${ELIXIR}/${tag}/A/ident/${identifier}`
}

/** A place as a reader would write it: "kernel/bpf/helpers.c:2417". */
export function placeText(at: SourceRef): string {
  return `${at.path}:${at.line}`
}

/** The address of a commit of mainline. */
export function commitUrl(commit: string): string {
  return `https://git.kernel.org/linus/${commit}`
}
