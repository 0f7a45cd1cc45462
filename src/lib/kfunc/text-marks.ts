/** The kernel's texts and the sha256 by which the same text of another release is known; and a release without its texts. */
import type { CommentMark, Extracted, ExtractedKfunc, StoredFlag } from '#lib/model/extracted.ts'
import type { Doc, Flag, Prototype, Remark } from '#lib/model/published.ts'
import { sha256 } from '#lib/text/sha256.ts'

/** A text with its sha256. */
export type MarkedDoc = Doc & CommentMark
export type MarkedRemark = Remark & CommentMark

/** All that a comment says, as one text: to the letter the same for the same comment, wherever it stands. */
export function textOfDoc({ summary, body, parameters, returns }: Doc): string {
  return JSON.stringify([summary, body, Object.entries(parameters), returns])
}

/** Adds its sha256 to the documentation of a kfunc. */
export async function markDoc(doc: Doc | null): Promise<MarkedDoc | null> {
  return doc && { ...doc, sha256: await sha256(textOfDoc(doc)) }
}

/** Adds its sha256 to a remark. */
export async function markRemark(remark: Remark | null): Promise<MarkedRemark | null> {
  return remark && { ...remark, sha256: await sha256(remark.text) }
}

/** Adds to each flag the sha256 of its comment. */
export function markFlags(flags: readonly Flag[]): Promise<StoredFlag[]> {
  return Promise.all(
    flags.map(async (flag) => ({
      ...flag,
      sha256: flag.comment === null ? null : await sha256(flag.comment),
    })),
  )
}

/** A release as it is stored where its texts are not taken: of each text its place, its licence and its sha256. */
export function withoutTexts(extracted: Extracted): Extracted {
  return {
    ...extracted,
    flags: extracted.flags.map((flag) => ({ ...flag, comment: null })),
    kfuncs: extracted.kfuncs.map(
      (kfunc): ExtractedKfunc => ({
        ...kfunc,
        prototype: kfunc.prototype && withoutParameterTexts(kfunc.prototype),
        kernelPrototype: kfunc.kernelPrototype && withoutParameterTexts(kfunc.kernelPrototype),
        doc: kfunc.doc && markOf(kfunc.doc),
        remark: kfunc.remark && markOf(kfunc.remark),
      }),
    ),
  }
}

const markOf = ({ at, license, sha256: hash }: CommentMark): CommentMark => ({ at, license, sha256: hash })

function withoutParameterTexts(prototype: Prototype): Prototype {
  return { ...prototype, parameters: prototype.parameters.map((parameter) => ({ ...parameter, doc: null })) }
}
