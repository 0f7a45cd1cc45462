/** A reader's question across releases: which kfuncs may this program call on all of these kernels? */

import type { Matrix, MatrixAnswers, MatrixCell } from '#lib/model/matrix.ts'
import { byteOrder, isFromTo } from '#lib/model/order.ts'
import type { When } from '#lib/model/published.ts'
import { releaseRow } from '#lib/model/release-row.ts'
import { areSameTypes } from '#lib/model/same-type.ts'
import type { GridAnswer } from '#lib/site/kfunc/grid.ts'
import { programTypeSegment } from '#lib/site/links/urls.ts'

/** What was asked; '' where the reader left it open. */
export interface Query {
  /** Ids, oldest first. */
  readonly releases: readonly string[]
  /** The whole name: "BPF_PROG_TYPE_XDP". */
  readonly programType: string
  /** An expected attach type, or OTHER for one that no condition names. */
  readonly attach: string
  /** A struct_ops type, or OTHER. */
  readonly structOps: string
  readonly sleepable: 'yes' | 'no' | ''
  /** Kfuncs of which a program wants the declarations; none: all that every release lets it call. */
  readonly chosen: readonly string[]
}

/** Stands for a value that no condition names. */
export const OTHER_CONDITION = 'other'

/** One kfunc, and what each release that was asked for answers, in their order. */
export interface QueryRow {
  readonly name: string
  readonly answers: readonly GridAnswer[]
  /** How many prototypes those releases have of it that differ in types. */
  readonly prototypes: number
  readonly replacedBy: string | null
}

/** The answer to a query. */
export interface QueryResult {
  /** Callable, on conditions or without, in every release that is known to have an answer, and refused in none. */
  readonly all: readonly QueryRow[]
  /** Callable in some, not in others. */
  readonly some: readonly QueryRow[]
  /** Mainline releases between the first and the last that were not read: what they have is not known. */
  readonly unread: readonly string[]
}

/** Reads a query out of an address; releases and types that the matrix does not know are left out. */
export function readQuery(params: URLSearchParams, matrix: Matrix): Query {
  const ids = matrix.releases.map(({ id }) => id)
  const from = params.get('from')
  const to = params.get('to')
  const within = (id: string): boolean => from !== null && to !== null && isFromTo(id, from, to)
  const named = (params.get('in') ?? '').split(',')
  const type = params.get('type') ?? ''
  const sleepable = params.get('sleepable')
  const names = new Set(matrix.kfuncs.map(({ name }) => name))
  return {
    releases: ids.filter((id) => within(id) || named.includes(id)),
    programType: matrixProgramTypes(matrix).find((one) => programTypeSegment(one) === type) ?? '',
    attach: params.get('attach') ?? '',
    structOps: params.get('struct_ops') ?? '',
    sleepable: sleepable === 'yes' || sleepable === 'no' ? sleepable : '',
    chosen: (params.get('k') ?? '').split(',').filter((name) => names.has(name)),
  }
}

/** The address part of a query, without the "?"; what was left open is left out. */
export function printQuery({ releases, programType, attach, structOps, sleepable, chosen }: Query): string {
  const parts: [string, string][] = [
    ['in', releases.join()],
    ['type', programType && programTypeSegment(programType)],
    ['attach', attach],
    ['struct_ops', structOps],
    ['sleepable', sleepable],
    ['k', chosen.join()],
  ]
  return parts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&')
}

/** Every program type that some release has, in byte order. */
export function matrixProgramTypes({ releases }: Matrix): string[] {
  return [...new Set(releases.flatMap(({ programTypes }) => programTypes))].sort(byteOrder)
}

/** The attach types and struct_ops types that conditions on a program type name, in byte order. */
export function conditionsNamed(
  { answers }: Matrix,
  programType: string,
): { readonly attach: readonly string[]; readonly structOps: readonly string[] } {
  const whens = answers.flatMap((one): readonly When[] => {
    const answer = one[programType]
    return answer === undefined || answer === 'always' ? [] : answer
  })
  const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort(byteOrder)
  return {
    attach: sorted(whens.flatMap(({ attach }) => attach ?? [])),
    structOps: sorted(whens.flatMap(({ structOps }) => Object.keys(structOps ?? {}))),
  }
}

/** Answers a query. */
export function answerQuery(matrix: Matrix, query: Query): QueryResult {
  const rows = matrix.kfuncs.map(({ name, replacedBy, releases }): QueryRow => {
    const cells = query.releases.map((id) => releases[id])
    return {
      name,
      replacedBy,
      answers: query.releases.map((id, i) => answerOf(matrix, query, id, name, cells[i])),
      prototypes: countPrototypes(matrix, cells),
    }
  })
  const isCallable = ({ answers }: QueryRow): boolean => answers.some((one) => one === 'yes' || one === 'if')
  const isRefused = ({ answers }: QueryRow): boolean =>
    answers.some((one) => one === 'no' || one === 'absent')
  const [first] = query.releases
  const last = query.releases.at(-1)
  return {
    all: rows.filter((row) => isCallable(row) && !isRefused(row)),
    some: rows.filter((row) => isCallable(row) && isRefused(row)),
    unread: first && last ? releaseRow(matrix.releases).unreadBetween(first, last) : [],
  }
}

/** How many prototypes differ in what a compiler tells them apart by: the types of what is returned and passed. */
function countPrototypes({ prototypes }: Matrix, cells: readonly (MatrixCell | undefined)[]): number {
  const signatures: string[][] = []
  for (const cell of cells) {
    const prototype = prototypes[cell?.prototype ?? -1]
    if (!prototype) continue
    const types = [prototype.returns, ...prototype.parameters.map(({ type }) => type)]
    if (!signatures.some((known) => areSameTypes(known, types))) signatures.push(types)
  }
  return signatures.length
}

function answerOf(
  matrix: Matrix,
  query: Query,
  id: string,
  name: string,
  cell: MatrixCell | undefined,
): GridAnswer {
  const release = matrix.releases.find((one) => one.id === id)
  if (!cell) return lackOf(matrix, id, name)
  if (cell.answers === null) return 'unknown'
  const answers = matrix.answers[cell.answers] ?? {}
  if (query.programType !== '') return answerTo(query, answers[query.programType])
  // a program that does not sleep is of no type whose programs always do
  const types = Object.keys(answers).filter(
    (type) => query.sleepable !== 'no' || !release?.alwaysSleepable.includes(type),
  )
  const found = types.map((type) => answerTo(query, answers[type]))
  return found.includes('yes') ? 'yes' : found.includes('if') ? 'if' : 'no'
}

/** Why a release does not list a kfunc: a release without source may have it all the same. */
export function lackOf({ releases }: Matrix, id: string, name: string): 'absent' | 'unknown' {
  const release = releases.find((one) => one.id === id)
  return release?.coverage === 'btf-only' && !release.absent.includes(name) ? 'unknown' : 'absent'
}

function answerTo(query: Query, answer: MatrixAnswers[string] | undefined): 'yes' | 'if' | 'no' {
  if (answer === undefined) return 'no'
  if (answer === 'always') return 'yes'
  const met = answer.map((when) => isMet(when, query))
  return met.includes(true) ? 'yes' : met.includes(null) ? 'if' : 'no'
}

/** Does what was asked meet a condition? null: it was not asked so closely. */
function isMet(when: When, { attach, structOps, sleepable }: Query): boolean | null {
  const parts: (boolean | null)[] = []
  if (when.sleepable) parts.push(sleepable === '' ? null : sleepable === 'yes')
  if (when.attach) parts.push(attach === '' ? null : when.attach.includes(attach))
  if (when.structOps) {
    const members = when.structOps[structOps]
    parts.push(structOps === '' ? null : members === undefined ? false : members === '*' ? true : null)
  }
  if (when.lsmHooks || when.deviceBound || when.unread !== undefined) parts.push(null)
  return parts.includes(false) ? false : parts.includes(null) ? null : true
}
