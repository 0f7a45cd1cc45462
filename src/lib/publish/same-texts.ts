/** Texts that were not taken of a release and are those of another: the same kfunc, the same sha256. */
import { withParameterTexts } from '#lib/kfunc/prototypes.ts'
import type { Extracted, ExtractedKfunc, StoredFlag } from '#lib/model/extracted.ts'
import type { Doc, Flag, Kfunc, Prototype, Remark } from '#lib/model/published.ts'

/** The texts of the releases that have them. Each is the letter for letter same in whatever release its sha256 stands. */
export interface KnownTexts {
  readonly docs: ReadonlyMap<string, Doc>
  readonly remarks: ReadonlyMap<string, Remark>
  readonly flagComments: ReadonlyMap<string, string>
}

const keyOf = (name: string, sha256: string): string => `${name} ${sha256}`

/** Collects the texts of releases, each under what it is about and its sha256. */
export function knownTexts(releases: readonly Extracted[]): KnownTexts {
  const docs = new Map<string, Doc>()
  const remarks = new Map<string, Remark>()
  const flagComments = new Map<string, string>()
  for (const { flags, kfuncs } of releases) {
    for (const { name, comment, sha256 } of flags)
      if (comment !== null && sha256 !== null) flagComments.set(keyOf(name, sha256), comment)
    for (const { name, doc, remark } of kfuncs) {
      if (doc && 'summary' in doc) docs.set(keyOf(name, doc.sha256), doc)
      if (remark && 'text' in remark) remarks.set(keyOf(name, remark.sha256), remark)
    }
  }
  return { docs, remarks, flagComments }
}

/** The documentation of a kfunc, with its own place; null: it has none, or its text is not known. */
export function knownDoc({ name, doc }: ExtractedKfunc, known: KnownTexts): Doc | null {
  const text = doc && known.docs.get(keyOf(name, doc.sha256))
  if (!doc || !text) return null
  const { summary, body, parameters, returns } = text
  return { summary, body, parameters, returns, at: doc.at, license: doc.license }
}

/** The remark on a kfunc, with its own place; null: there is none, or its text is not known. */
export function knownRemark({ name, remark }: ExtractedKfunc, known: KnownTexts): Remark | null {
  const same = remark && known.remarks.get(keyOf(name, remark.sha256))
  return remark && same ? { text: same.text, at: remark.at, license: remark.license } : null
}

/** A flag with its comment; null: it has none, or its text is not known. */
export function flagWithComment({ sha256, ...flag }: StoredFlag, known: KnownTexts): Flag {
  if (flag.comment !== null || sha256 === null) return flag
  return { ...flag, comment: known.flagComments.get(keyOf(flag.name, sha256)) ?? null }
}

/** Prototypes of a release without texts, with what `doc` says of each parameter. */
export function prototypesWithTexts(
  { prototype, kernelPrototype }: Pick<Kfunc, 'prototype' | 'kernelPrototype'>,
  doc: Doc | null,
  { suffixes }: Extracted,
): Pick<Kfunc, 'prototype' | 'kernelPrototype'> {
  const described = (one: Prototype | null): Prototype | null =>
    one && doc ? withParameterTexts(one, suffixes, doc) : one
  return { prototype: described(prototype), kernelPrototype: described(kernelPrototype) }
}
