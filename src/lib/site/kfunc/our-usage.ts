import type { Kfunc, Prototype } from '#lib/model/published.ts'
import { isSameType } from '#lib/model/same-type.ts'
import type { Site } from '#lib/site/site.ts'

/** What we wrote on a kfunc, as the page of one release shows it. */
export interface OurUsage {
  readonly html: string
  /** The releases whose source it was held against, oldest first. */
  readonly checked: readonly string[]
  /** "This text was not checked for 7.1: its prototype changed."; null: nothing it rests on is otherwise here. */
  readonly warning: string | null
}

/** The text on a kfunc for a release. null: nobody wrote one. */
export function ourUsage(site: Site, release: string, kfunc: Kfunc): OurUsage | null {
  const document = site.texts.library.find('kfuncs', kfunc.name)
  if (!document) return null
  const { checked } = document.front
  const changes = checked.includes(release) ? [] : changesSince(site, checked, kfunc)
  return {
    html: site.texts.usage(document, release),
    checked,
    warning:
      changes.length === 0
        ? null
        : `This text was not checked for ${release}: its ${changes.join(' and ')} changed.`,
  }
}

/** What differs from every release that was checked; of several, from the newest of them that lists the kfunc. */
function changesSince(site: Site, checked: readonly string[], kfunc: Kfunc): string[] {
  const all = checked
    .flatMap((id) => site.catalog.find(id, kfunc.name) ?? [])
    .map((one) => changes(one, kfunc))
  return all.some((some) => some.length === 0) ? [] : (all.at(-1) ?? [])
}

function changes(a: Kfunc, b: Kfunc): string[] {
  const flags = (kfunc: Kfunc): string => [...kfunc.flags].sort().join()
  return [
    ...(isSamePrototype(a.prototype, b.prototype) ? [] : ['prototype']),
    ...(flags(a) === flags(b) ? [] : ['flags']),
  ]
}

/** Do two prototypes ask the same of a caller? One that is not known differs from none. */
function isSamePrototype(a: Prototype | null, b: Prototype | null): boolean {
  if (!a || !b) return true
  return (
    isSameType(a.returns, b.returns) &&
    a.parameters.length === b.parameters.length &&
    a.parameters.every((one, i) => {
      const other = b.parameters[i]
      return other !== undefined && isSameType(one.type, other.type) && one.suffix === other.suffix
    })
  )
}
