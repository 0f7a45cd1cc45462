import type { Kfunc, ReleaseHead } from '#lib/model/published.ts'
import { ALWAYS_NEEDED, isAlwaysNeeded, NEEDED_TO_CALL } from '#lib/publish/support/always-needed.ts'
import { identifierUrl, placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { type Html, html, joined } from './html.ts'

/** What a kernel must be configured with to have a kfunc. */
export interface ConfigLines {
  /** One line each, as HTML; symbols lead to the kernel's source. */
  readonly lines: readonly Html[]
  /** The lines of the kernel that say so. */
  readonly places: readonly { readonly text: string; readonly href: string }[]
}

/** What a configuration needs for any kfunc, and to call one. */
export const NEEDED_BY_ALL: Html = html`As for every kfunc: ${joined(
  ALWAYS_NEEDED.map((symbol) => html`<code>${symbol}</code>`),
  ' and ',
)} and, to call it, <code>${NEEDED_TO_CALL}</code>.`

/** The configuration of a kfunc; null: it was not read. */
export function configLines(head: ReleaseHead, kfunc: Kfunc): ConfigLines | null {
  const { config, gating, object } = kfunc
  if (config === null) return null
  const symbol = (text: string): Html => {
    const name = text.replace(/=.*$/, '')
    return html`<a href="${identifierUrl(head.tag, name)}"><code>${text}</code></a>`
  }
  const own = config.filter((one) => !isAlwaysNeeded(one))
  const lines: Html[] = []
  if (own.length > 0) lines.push(html`On: ${joined(own.map(symbol))}`)
  const ways = (gating?.alternatives ?? []).map((all) => joined(all.map(symbol), ' and '))
  if (ways.length > 0) lines.push(html`And ${ways.length > 1 ? 'either ' : ''}${joined(ways, ', or ')}`)
  if (gating && gating.off.length > 0) lines.push(html`Off: ${joined(gating.off.map(symbol))}`)
  for (const text of gating?.other ?? []) lines.push(html`Where <code>${text}</code> holds`)
  if (gating?.architectures) lines.push(html`Only on ${gating.architectures.join(', ')}`)
  const module = gating?.module ?? null
  if (object !== null && object !== 'vmlinux')
    lines.push(html`In the image that was read, in the module <code>${object}</code>, which has to be loaded`)
  else if (module !== null && gating?.tristate === 'tristate')
    lines.push(html`Can be built as the module <code>${module}</code>, which then has to be loaded`)
  return {
    lines,
    places: (gating?.at ?? []).map((at) => ({ text: placeText(at), href: sourceUrl(head.tag, at) })),
  }
}
