/**
 * Every address of the site is spelled here and nowhere else. All of them end in a slash, but for files.
 *
 * | address | page |
 * |---|---|
 * | `/7.3/` | the kfuncs of a release |
 * | `/7.3/bpf_task_acquire/` | one kfunc in one release |
 * | `/7.3/program-types/xdp/` | a program type: its name in lower case, without `BPF_PROG_TYPE_` |
 * | `/7.3/flags/KF_ACQUIRE/` | a flag, as the kernel spells it |
 * | `/7.3/grid/` | all kfuncs and all program types of a release in one table |
 * | `/7.3/changes/` | what changed since the release before |
 * | `/7.3/coverage/` | how much of a release is documented |
 * | `/7.3/kfuncs.h` | the declarations of a release |
 * | `/kfuncs/bpf_task_acquire/` | one kfunc through all releases: its stable address |
 * | `/compare/?from=6.12&to=7.3` | any two releases |
 * | `/implicit-arguments/` | arguments that the verifier passes |
 * | `/flags/KF_ACQUIRE/` | what we say of a flag; so for `suffixes`, `arguments`, `program-types`, `concepts`, `guides` |
 * | `/search/?q=flag:KF_ACQUIRE` | what answers a query |
 * | `/opensearch.xml` | how a browser asks it; only where the site knows its address |
 * | `/learn/` | all that we say, in a list |
 * | `/api/v7.3.txt` | one line for each kfunc of a release |
 * | `/query/?in=6.12,7.3&type=xdp` | what a program may call on several releases |
 * | `/og/bpf_task_acquire.png` | the picture of a kfunc for those who share a link to it; made only where SITE_URL is set |
 * | `/data/…` | the published data, as docs and schema say |
 *
 * No kfunc can be named like a page that stands beside it: `program-types` is no C identifier, and
 * `urls.test.ts` keeps `flags` and `changes` free.
 */

const PROGRAM_TYPE_PREFIX = 'BPF_PROG_TYPE_'
/** The concept whose text stands on a page with more: every kfunc that it concerns. */
export const IMPLICIT_ARGUMENTS = 'implicit-arguments'

/** The addresses of one site, each a path that starts with the site's base. */
export interface SiteUrls {
  readonly home: string
  readonly about: string
  readonly search: string
  readonly kfuncs: string
  readonly compare: string
  readonly query: string
  readonly matrix: string
  readonly implicitArguments: string
  readonly learn: string
  readonly searchIndex: string
  readonly openSearch: string
  readonly dataIndex: string
  readonly dataSchema: string
  /** The picture of pages that are about no kfunc. */
  readonly picture: string
  release(release: string): string
  kfunc(release: string, name: string): string
  kfuncHistory(name: string): string
  programTypes(release: string): string
  programType(release: string, programType: string): string
  grid(release: string): string
  flags(release: string): string
  flag(release: string, flag: string): string
  changes(release: string): string
  coverage(release: string): string
  header(release: string): string
  apiText(release: string): string
  /** A text of `content`, by the folder that it lies in. */
  text(folder: string, slug: string): string
  /** A message of the verifier, by its fragment in the guide on them. */
  message(anchor: string): string
  releaseData(release: string): string
  /** The list of the source files that a release was read from. */
  releaseFiles(release: string): string
  kfuncData(name: string): string
  kfuncPicture(name: string): string
}

/** Gives the addresses of a site that lives under `base` ("/" or "/kfunc-atlas", with or without a slash at the end). */
export function siteUrls(base: string): SiteUrls {
  const root = base.endsWith('/') ? base : `${base}/`
  return {
    home: root,
    about: `${root}about/`,
    search: `${root}search/`,
    kfuncs: `${root}kfuncs/`,
    compare: `${root}compare/`,
    query: `${root}query/`,
    matrix: `${root}data/matrix.json`,
    implicitArguments: `${root}${IMPLICIT_ARGUMENTS}/`,
    learn: `${root}learn/`,
    searchIndex: `${root}search-index.json`,
    openSearch: `${root}opensearch.xml`,
    dataIndex: `${root}data/index.json`,
    dataSchema: `${root}data/schema.json`,
    picture: `${root}og/kfunc-atlas.png`,
    release: (release) => `${root}${release}/`,
    kfunc: (release, name) => `${root}${release}/${name}/`,
    kfuncHistory: (name) => `${root}kfuncs/${name}/`,
    programTypes: (release) => `${root}${release}/program-types/`,
    programType: (release, type) => `${root}${release}/program-types/${programTypeSegment(type)}/`,
    grid: (release) => `${root}${release}/grid/`,
    flags: (release) => `${root}${release}/flags/`,
    flag: (release, flag) => `${root}${release}/flags/${flag}/`,
    changes: (release) => `${root}${release}/changes/`,
    text: (folder, slug) =>
      folder === 'concepts' && slug === IMPLICIT_ARGUMENTS
        ? `${root}${IMPLICIT_ARGUMENTS}/`
        : `${root}${folder}/${slug}/`,
    message: (anchor) => `${root}guides/when-the-verifier-says-no/#${anchor}`,
    coverage: (release) => `${root}${release}/coverage/`,
    header: (release) => `${root}${release}/kfuncs.h`,
    apiText: (release) => `${root}api/v${release}.txt`,
    releaseData: (release) => `${root}data/${release}.json`,
    releaseFiles: (release) => `${root}data/${release}.files.txt`,
    kfuncData: (name) => `${root}data/kfuncs/${name}.json`,
    kfuncPicture: (name) => `${root}og/${name}.png`,
  }
}

/** The part of an address that stands for a program type: "BPF_PROG_TYPE_CGROUP_SKB" is "cgroup_skb". */
export function programTypeSegment(programType: string): string {
  return shortProgramType(programType).toLowerCase()
}

/** A program type without the prefix that all of them share: "CGROUP_SKB". */
export function shortProgramType(programType: string): string {
  return programType.startsWith(PROGRAM_TYPE_PREFIX)
    ? programType.slice(PROGRAM_TYPE_PREFIX.length)
    : programType
}

/** The fragment of a parameter's block on its kfunc's page. */
export function parameterAnchor(name: string): string {
  return `param-${name}`
}

/** The fragment of a program type's answer on a kfunc's page. */
export function supportAnchor(programType: string): string {
  return `from-${programTypeSegment(programType)}`
}

/** The fragment of a kfunc's block on the page of implicit arguments. */
export function implicitAnchor(name: string): string {
  return `args-${name}`
}
