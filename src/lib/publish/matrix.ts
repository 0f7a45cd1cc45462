/** The small file of all kfuncs, releases and program types. */
import type { Matrix, MatrixAnswers, MatrixCell, MatrixPrototype } from '#lib/model/matrix.ts'
import { byteOrder } from '#lib/model/order.ts'
import { FORMAT, type Kfunc, type Release } from '#lib/model/published.ts'
import { declaredText } from '#lib/publish/usage/declaration.ts'

/** Makes it of releases that come oldest first. */
export function matrixOf(releases: readonly Release[]): Matrix {
  const prototypes = makeList<MatrixPrototype>()
  const answers = makeList<MatrixAnswers>()
  const cells = new Map<string, Record<string, MatrixCell>>()
  const successors = new Map<string, string | null>()
  for (const { release, kfuncs } of releases)
    for (const kfunc of kfuncs.filter(({ kind }) => kind === 'callable')) {
      const prototype = prototypeOf(kfunc)
      const answered = answersOf(kfunc)
      const own = cells.get(kfunc.name) ?? {}
      own[release.id] = {
        prototype: prototype && prototypes.indexOf(prototype),
        answers: answered && answers.indexOf(answered),
        flags: kfunc.flags,
      }
      cells.set(kfunc.name, own)
      successors.set(kfunc.name, kfunc.replacedBy)
    }
  return {
    format: FORMAT,
    releases: releases.map(({ release: { id, coverage, follows }, kfuncs, absent }) => ({
      id,
      coverage,
      follows,
      programTypes: kfuncs.find((one) => one.programTypes)?.programTypes?.map((one) => one.programType) ?? [],
      alwaysSleepable: alwaysSleepable(kfuncs),
      absent: absent.filter((name) => cells.has(name)),
    })),
    prototypes: prototypes.all,
    answers: answers.all,
    kfuncs: [...cells]
      .sort(([a], [b]) => byteOrder(a, b))
      .map(([name, own]) => ({ name, replacedBy: successors.get(name) ?? null, releases: own })),
  }
}

/** The types in which a kfunc that is registered as sleepable throughout is callable without conditions. */
function alwaysSleepable(kfuncs: readonly Kfunc[]): string[] {
  const types = new Set<string>()
  for (const { registrations, programTypes } of kfuncs) {
    if (!registrations?.length || registrations.some(({ flags }) => !flags.includes('KF_SLEEPABLE'))) continue
    for (const { programType, callable } of programTypes ?? [])
      if (callable === 'always') types.add(programType)
  }
  return [...types].sort(byteOrder)
}

/** A list in which equal values stand once. */
function makeList<T>(): { readonly all: T[]; indexOf(value: T): number } {
  const known = new Map<string, number>()
  const all: T[] = []
  return {
    all,
    indexOf: (value) => {
      const key = JSON.stringify(value)
      const at = known.get(key) ?? all.push(value) - 1
      known.set(key, at)
      return at
    },
  }
}

function prototypeOf({ name, prototype, flags }: Kfunc): MatrixPrototype | null {
  return (
    prototype && {
      declared: declaredText(name, prototype, flags),
      returns: prototype.returns,
      parameters: prototype.parameters.map((one) => ({ name: one.name, type: one.type, fixed: one.fixed })),
      typedefs: prototype.typedefs,
    }
  )
}

function answersOf({ programTypes }: Kfunc): MatrixAnswers | null {
  return (
    programTypes &&
    Object.fromEntries(
      programTypes.flatMap(({ programType, callable, when }) =>
        callable === 'never' ? [] : [[programType, callable === 'always' ? 'always' : (when ?? [])]],
      ),
    )
  )
}
