/** Kfuncs as an image has them, their prototypes written as C. */
import { parseDeclaration } from '#lib/c/declare.ts'
import { tokenize } from '#lib/c/scan.ts'
import type { BinaryKfunc, BinaryObject } from '#lib/kfunc/binary.ts'
import type { PlainPrototype } from '#lib/kfunc/prototypes.ts'
import { BtfBuilder } from '../support/btf-bytes.ts'

/** A prototype from C text. */
export function plain(text: string): PlainPrototype {
  const declaration = parseDeclaration(tokenize(text))
  if (!declaration) throw new Error(`no declaration of a function: ${text}`)
  return { ...declaration, typedefs: [] }
}

/** What is said of a kfunc in an image; left out: no flags, tagged, no twin. */
export interface InImage {
  readonly prototype: string
  readonly bits?: number
  readonly isTagged?: boolean
  readonly twin?: string
}

/** An image with these kfuncs, all in one set. */
export function imageOf(object: string, ...given: readonly InImage[]): BinaryObject {
  const kfuncs = given.map(({ prototype, bits = 0, isTagged = true, twin }): BinaryKfunc => {
    const { name } = parseDeclaration(tokenize(prototype)) ?? { name: '' }
    return { name, object, bits, isTagged, prototype: plain(prototype), twin: twin ? plain(twin) : null }
  })
  const sets = [kfuncs.map(({ name }) => name)]
  return {
    name: object,
    btf: new BtfBuilder().parse(object),
    hasIdSets: true,
    hasMarkedSets: true,
    kfuncs,
    sets,
  }
}
